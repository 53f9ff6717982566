"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping
from typing import Any

from tests.house.addresses import Example, Scene, Whose


def _passkey(_: Scene) -> Mapping[str, Any]:
    return {"pk": 1}


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "account_login": (Example(Whose.ANYBODYS),),
    "mfa_authenticate": (Example(Whose.ANYBODYS),),
    "mfa_login_webauthn": (Example(Whose.ANYBODYS),),
    "account_inactive": (Example(Whose.ANYBODYS),),
    "account_logout": (Example(Whose.ANYBODYS),),
    "accounts:new_password": (
        Example(
            Whose.ANYBODYS, lambda scene: {"account": scene.made_up.lin.id, "token": "used-up"}
        ),
    ),
    # Nobody set it up here: what it does then, `test_sign_on.py` asks a real service.
    "accounts:sign_on": (Example(Whose.NOBODYS),),
    "accounts:sign_on_back": (Example(Whose.NOBODYS),),
    "accounts:sign_on_out": (Example(Whose.NOBODYS),),
    "accounts:security": (Example(Whose.ONES_OWN),),
    "accounts:where": (Example(Whose.ONES_OWN),),
    "accounts:sign_out_elsewhere": (Example(Whose.ONES_OWN, is_empty=True),),
    "accounts:told": (Example(Whose.ONES_OWN),),
    "accounts:square_code": (Example(Whose.ONES_OWN, is_empty=True),),
    "accounts:challenge": (Example(Whose.ONES_OWN, is_empty=True),),
    "account_reauthenticate": (Example(Whose.ONES_OWN),),
    "mfa_reauthenticate": (Example(Whose.ONES_OWN),),
    "mfa_reauthenticate_webauthn": (Example(Whose.ONES_OWN),),
    "mfa_index": (Example(Whose.ONES_OWN),),
    "account_change_password": (Example(Whose.ONES_OWN),),
    "mfa_activate_totp": (Example(Whose.ONES_OWN),),
    "mfa_deactivate_totp": (Example(Whose.ONES_OWN, is_empty=True),),
    "mfa_view_recovery_codes": (Example(Whose.ONES_OWN, is_empty=True),),
    "mfa_generate_recovery_codes": (Example(Whose.ONES_OWN, is_empty=True),),
    "mfa_add_webauthn": (Example(Whose.ONES_OWN),),
    "mfa_remove_webauthn": (Example(Whose.ONES_OWN, _passkey, is_empty=True),),
    "mfa_edit_webauthn": (Example(Whose.ONES_OWN, _passkey, is_empty=True),),
}
