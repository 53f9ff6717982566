"""What the forms cite exists, and bears on what the form is about; checked by reading (0128)."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import pytest

from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.registers import REGISTERS
from casebound.rulebook.catalogue.shape import Register

# The paragraphs that exist, of the regulations and schedules that forms cite (SI 2015/541).
EXISTS: Final = re.compile(
    r"P(0[1-9]|[1-7][0-9]|8[0-4])|"
    r"reg (2\(1\)|7\(2\)\((a\)(\((i|ii|iii|iv|v|vi|vii)\))?|b\)(\((i|ii|iii)\))?|[cde]\))|12|"
    r"19\([12]\)(\([a-j]\))?|20\([1-3]\)|21(\([a-c]\))?|22\([1-8]\)|23\([1-3]\)(\([a-c]\))?|24|"
    r"34\([1-5]\)(\([a-e]\))?|35(\([1-4]\))?(\([abc]\)(\((i|ii|iii|iv|v|vi|vii|viii)\))?)?|"
    r"39\([1-6]\)|40\([1-6]\)(\([a-e]\)(\((i|ii)\))?)?|41|44\(\d\)(\([a-c]\))?|"
    r"45\([1-5]\)(\([a-c]\))?|46\([12]\))|"
    r"Sch 3 para ([1-9]|1[0-9]|2[0-6])|Sch 4 para (1\([a-f]\)|2\([a-g]\)|[3-7])|"
    r"Guide (3|7|9|14|15)\.\d+"
)
MEASURES: Final = frozenset(
    {
        "access_limit", "bedroom_observation", "contact", "contact_limit", "control",
        "deprivation_of_liberty", "restraint", "search", "single_separation", "surveillance",
    }
)  # fmt: skip
# Where a wrong citation was found or is easily made: which forms the rule is about, and no other.
BEARS_ON: Final[Mapping[str, frozenset[str]]] = {
    "P30": frozenset({"visit", "meeting", "appointment", "key_session", "action_done"}),
    "P31": frozenset({"contact"}),
    "P45": frozenset(),
    "P60": MEASURES,
    "reg 12": frozenset({"incident", "self_harm"}),
    "reg 19": MEASURES,
    "reg 20": frozenset({"restraint", "deprivation_of_liberty"}),
    "reg 21": frozenset({"access_limit", "measure_review"}),
    "reg 22": frozenset({"contact", "contact_limit", "authority_told"}),
    "reg 24": frozenset({"surveillance"}),
    "reg 35": frozenset({"restraint", "control", "spoken_to_user", "spoken_to_child"}),
    "reg 45": frozenset({"quality_review", "quality_report"}),
    "Guide 9.65": frozenset({"single_separation"}),
}


def cited() -> Mapping[str, set[str]]:
    """Return the forms that cite each rule, by the rule."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form in shipped().forms.values():
        rules = {form.where.rule} if form.where else set()
        for field in form.fields:
            rules |= {requirement.rule for requirement in field.required_by}
            rules |= {choice.prohibited for choice in field.choices if choice.prohibited}
            rules |= {field.statement.requirement.rule} if field.statement else set()
        for rule in rules:
            forms[rule].add(form.name)
    return forms


@pytest.mark.policy("P11")
def test_every_rule_that_a_form_cites_exists() -> None:
    assert [rule for rule in cited() if not EXISTS.fullmatch(rule)] == []


@pytest.mark.policy("P11")
@pytest.mark.parametrize("rule", BEARS_ON)
def test_a_rule_is_cited_by_the_forms_it_is_about(rule: str) -> None:
    begins = re.compile(rf"{re.escape(rule)}(?![0-9])")
    forms = {name for said, names in cited().items() if begins.match(said) for name in names}
    assert forms <= BEARS_ON[rule]


@pytest.mark.policy("P60")
def test_the_register_of_additional_measures_cites_its_own_clause() -> None:
    assert REGISTERS[Register.ADDITIONAL].rule == "P60"
