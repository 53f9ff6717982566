"""An example of each address of this room, and whose it is."""

from collections.abc import Mapping

from casebound.rulebook.recording_policy.actions import acknowledge_policy, publish_policy
from casebound.rulebook.recording_policy.permissions import PolicyPermission
from casebound.rulebook.recording_policy.reads import policy_now, proposal
from tests.house.addresses import Example, Need, Scene, Whose
from tests.made_up import MadeUp

PUBLISHES = (Need(PolicyPermission.PUBLISH_POLICY),)
SEES = (Need(PolicyPermission.SEE_POLICY_READ),)


def _number(scene: Scene) -> Mapping[str, int]:
    if policy_now() is None:
        publish_proposal(scene.made_up)
    return {"number": 1}


def publish_proposal(made_up: MadeUp) -> None:
    """Publish the text that casebound ships, as Dana."""
    publish_policy(
        text=proposal(), changed="", before=0, by=made_up.dana.id, at=made_up.now, auth="password"
    )


EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "recording_policy:policy": (Example(Whose.READERS),),
    "recording_policy:version": (Example(Whose.READERS, _number),),
    "recording_policy:publish": (Example(Whose.MANAGERS, needs=PUBLISHES),),
    "recording_policy:people": (Example(Whose.MANAGERS, needs=SEES),),
}


def _life(made_up: MadeUp) -> None:
    """Publish a version, and let Sam read it."""
    publish_proposal(made_up)
    acknowledge_policy(version=1, by=made_up.sam.id, at=made_up.now, auth="password")


LIFE = _life
