"""The recording forms this room reads."""

from typing import Final

PRESCRIPTION: Final = "prescription"
CHANGE: Final = "prescription_change"
STOPPED: Final = "prescription_stopped"
CHECKED: Final = "prescription_checked"
GIVEN: Final = "medicine_given"
OUTCOME: Final = "medicine_outcome"
STOCK: Final = "medicine_stock"
ERROR: Final = "medicine_error"
ALLERGY: Final = "allergy"
ALLERGY_CHANGE: Final = "allergy_change"
HEALTH: Final = "profile_health"  # its allergies in words count too
POLICY: Final = "medicine_policy"

VERSIONS: Final = frozenset({PRESCRIPTION, CHANGE})
PRESCRIBING: Final = frozenset({*VERSIONS, STOPPED, CHECKED})
ALLERGIES: Final = frozenset({ALLERGY, ALLERGY_CHANGE, HEALTH})
OF_A_MEDICINE: Final = frozenset({GIVEN, STOCK, ERROR})  # begun from a prescription
READ: Final = PRESCRIBING | ALLERGIES | OF_A_MEDICINE | {OUTCOME, POLICY}
