"""The 26 items of a child's case record (Schedule 3 to SI 2015/541), in words for the screen.

Which question meets an item stands with the question (`item` in the form files); what is written
down as it happens is met by the entries on a form (`items` of the form).
"""

from collections.abc import Mapping
from typing import Final

ITEMS: Final[Mapping[int, str]] = {
    1: "Name, and any earlier names",
    2: "Date of birth and sex",
    3: "Religion, if any",
    4: "Ethnicity, culture and languages",
    5: "Address before coming here",
    6: "Address and kind of home on leaving",
    7: "Money and valuables kept for the child",
    8: "The law under which the child lives here",
    9: "The placing authority, and who to contact there",
    10: "Parents: names, addresses, telephone, religion",
    11: "The child's social worker",
    12: "School or college, and the designated teacher",
    13: "Employer",
    14: "Times the child was missing",
    15: "Control, discipline and restraint",
    16: "Arrangements for contact, and limits on it",
    17: "Education, health and care plan",
    18: "School reports",
    19: "Care plan and placement plan",
    20: "Reviews of the care plan or placement plan",
    21: "GP and dentist",
    22: "Accidents and serious illnesses",
    23: "Immunisations, allergies, examinations and treatment",
    24: "Health examinations and tests at school",
    25: "Medicines: kept, given, disposed of",
    26: "Special diet or health needs",
}
# Only there if it happened, or came to an end: nothing is missing while there is none.
AS_IT_HAPPENS: Final = frozenset({6, 7, 14, 15, 18, 20, 22, 24})
