"""The 26 items of a child's case record (Schedule 3 to SI 2015/541), in words for the screen.

Which question meets an item stands with the question (`item` in the form files); what is written
down as it happens is met by the entries on a form (`items` of the form).
"""

from collections.abc import Mapping
from typing import Final

from casebound.foundation.base.messages import gettext_noop

ITEMS: Final[Mapping[int, str]] = {
    1: gettext_noop("Name, and any earlier names"),
    2: gettext_noop("Date of birth and sex"),
    3: gettext_noop("Religion, if any"),
    4: gettext_noop("Ethnicity, culture and languages"),
    5: gettext_noop("Address before coming here"),
    6: gettext_noop("Address and kind of home on leaving"),
    7: gettext_noop("Money and valuables kept for the child"),
    8: gettext_noop("The law under which the child lives here"),
    9: gettext_noop("The placing authority, and who to contact there"),
    10: gettext_noop("Parents: names, addresses, telephone, religion"),
    11: gettext_noop("The child's social worker"),
    12: gettext_noop("School or college, and the designated teacher"),
    13: gettext_noop("Employer"),
    14: gettext_noop("Times the child was missing"),
    15: gettext_noop("Control, discipline and restraint"),
    16: gettext_noop("Arrangements for contact, and limits on it"),
    17: gettext_noop("Education, health and care plan"),
    18: gettext_noop("School reports"),
    19: gettext_noop("Care plan and placement plan"),
    20: gettext_noop("Reviews of the care plan or placement plan"),
    21: gettext_noop("GP and dentist"),
    22: gettext_noop("Accidents and serious illnesses"),
    23: gettext_noop("Immunisations, allergies, examinations and treatment"),
    24: gettext_noop("Health examinations and tests at school"),
    25: gettext_noop("Medicines: kept, given, disposed of"),
    26: gettext_noop("Special diet or health needs"),
}
# Only there if it happened, or came to an end: nothing is missing while there is none.
AS_IT_HAPPENS: Final = frozenset({6, 7, 14, 15, 18, 20, 22, 24})
