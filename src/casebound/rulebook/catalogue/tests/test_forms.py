"""What the forms of the product ask: what the rules want of them, and in which words."""

import re
from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest

from casebound.rulebook.catalogue.catalogue import form, shipped
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.layout import open_fields
from casebound.rulebook.catalogue.schedule3 import ITEMS
from casebound.rulebook.catalogue.shape import (
    BookKind,
    Field,
    FieldType,
    Form,
    Group,
    Register,
)
from casebound.rulebook.catalogue.tests import build
from tests.shortest import shortest_answers, statements_owed

FORMS = sorted(shipped().forms.values(), key=lambda shape: (shape.name, shape.version))
IDS = [f"{shape.name}.{shape.version}" for shape in FORMS]

# Every particular of regulation 35(3)(a): what asks it on the form, or which part of every entry is
# it. The child's name (i) is that of the book.
PARTICULARS = {
    "(ii)": {"behaviour"},
    "(iii)": {"where"},
    "(iv)": {"measure"},
    "(v)": {"avoid"},
    "(vi)": {"users"},
    "(vii)": {"effect", "consequences"},
    "(viii)": {"injured", "injuries", "treatment"},
}

# What the rules ask of each form (regulations of SI 2015/541, its Guide, clauses of the policy).
RULES = {
    "access_limit": {"reg 21", "reg 21(c)", "P60"},
    "accident": {"Sch 3 para 22", "Sch 3 para 23", "P06", "reg 40(4)"},
    "action_done": {"P30"},
    "admission": {"Sch 3 para 5", "reg 7(2)(d)"},
    "admission_notice": {"reg 41"},
    "allegation": {"reg 34(2)(b)", "reg 34(2)(c)", "reg 34(2)(d)", "reg 40(4)", "Guide 14.10"},
    "appointment": {"P30", "P29", "Sch 3 para 23", "Sch 3 para 24"},
    "authority_told": {"reg 22(6)"},
    "bedroom_observation": {"Guide 3.36", "P60"},
    "bullying": {"reg 34(3)"},
    "communication": {"P61"},
    "complaint": {"reg 39(2)", "reg 39(3)", "reg 34(2)(b)", "reg 7(2)(b)(iii)"},
    "complaint_acknowledged": {"reg 39(2)", "reg 39(3)"},
    "complaint_home": {"reg 39(2)", "reg 39(3)", "reg 34(2)(b)"},
    "complaint_told": {"reg 39(3)"},
    "complaint_outcome": {"reg 39(2)", "reg 39(3)", "reg 39(4)", "reg 7(2)(a)(iii)"},
    "concern_outcome": {"reg 34(2)(d)", "reg 40(3)", "reg 7(2)(a)(iii)"},
    "contact": {"P31", "P29", "Sch 3 para 16", "reg 22(5)", "reg 22(6)"},
    "contact_limit": {"P60", "Sch 3 para 16", "reg 22(5)", "reg 22(6)"},
    "control": {"reg 35", "reg 19(2)", "reg 19(2)(f)"},
    "decision": {"P29", "reg 7(2)(a)(i)", "reg 7(2)(a)(iii)", "reg 7(2)(e)"},
    "deprivation_of_liberty": {"reg 20(2)", "reg 20(3)", "Guide 9.63", "P60"},
    "discharge_notice": {"reg 41"},
    "enquiry_news": {"reg 40(4)(d)", "reg 40(4)(d)(ii)"},
    "event_review": {"P55", "P56"},
    "explained": {"reg 7(2)(a)(iii)"},
    "going_out": {"P61"},
    "handed_over": {"P35", "P84"},
    "handover": {"P61"},
    "handover_read": {"P61"},
    "incident": {
        "P01",
        "P49",
        "reg 12",
        "Sch 3 para 22",
        "reg 40(4)",
        "reg 40(4)(b)",
        "Guide 14.10",
    },
    "key_session": {"P29", "P30", "reg 7(2)(a)(iii)"},
    "concern_numbers": {"P19"},
    "lado_told": {"reg 34(2)(d)"},
    "leaving": {"Sch 3 para 6"},
    "life_event": {"P34"},
    "measure_review": {"reg 21(c)", "P29"},
    "strike_agreed": {"P64"},
    "medicine_error": {"reg 23(2)", "reg 23(2)(c)", "reg 40(4)"},
    "medicine_given": {"reg 23(2)(c)", "Guide 7.15", "Sch 3 para 25"},
    "medicine_self": {"reg 23(3)", "Sch 3 para 25"},
    "medicine_outcome": {"reg 23(2)(c)", "Sch 3 para 23"},
    "medicine_policy": {"reg 23(1)"},
    "prescription": {"reg 23(2)(b)", "Sch 3 para 25"},
    "prescription_change": {"reg 23(2)(b)", "Sch 3 para 25"},
    "prescription_checked": {"reg 23(2)(b)"},
    "prescription_stopped": {"reg 23(2)(b)", "P29"},
    "allergy": {"Sch 3 para 23"},
    "allergy_change": {"Sch 3 para 23"},
    "medicine_stock": {"Sch 3 para 25", "reg 23(2)"},
    "meeting": {"P30", "P29", "Sch 3 para 20", "reg 7(2)(a)(ii)"},
    "missing": {"Sch 3 para 14", "Guide 9.30", "Guide 9.31"},
    "missing_line": {"Guide 9.31"},
    "missing_numbers": {"Guide 9.32"},
    "missing_review": {"Guide 9.32"},
    "money": {"Sch 3 para 7"},
    "notified": {"reg 40(5)"},
    "originator_cannot": {"P28"},
    "originator_read": {"P28"},
    "view_asked": {"P32"},
    "referral_made": {"reg 34(2)(b)", "reg 34(2)(d)"},
    "restraint": {"reg 2(1)", "reg 20(1)", "reg 20(2)", "reg 35(4)", "Guide 9.56", "Guide 9.57"},
    "return_interview": {"Guide 9.30"},
    "returned": {"Guide 9.30", "Sch 3 para 14"},
    "school_report": {"Sch 3 para 18"},
    "search": {"Guide 3.20", "P60"},
    "self_harm": {"Sch 3 para 22", "Sch 3 para 23", "reg 12", "reg 40(4)"},
    "serious_decision": {"reg 40(4)", "Guide 14.10"},
    "single_separation": {"Guide 9.65", "P60"},
    "spoken_to_child": {"reg 35(3)(c)", "Guide 9.60"},
    "spoken_to_user": {"reg 35(3)(b)(i)", "reg 35(3)(b)(ii)"},
    "strategy_meeting": {"reg 34(2)(a)", "reg 34(2)(d)", "reg 40(4)(d)"},
    "surveillance": {"reg 24", "P60"},
    "visit": {"P30", "P29", "P35", "Sch 4 para 5"},
    "worker_duties": {"reg 34(2)(d)"},
    "worker_supported": {"reg 34(2)(d)"},
}

# Schedule 4, item by item: the forms whose required questions cite it.
SCHEDULE_4 = {
    **{f"1({letter})": {"admission"} for letter in "acef"},
    "1(b)": {"leaving"},
    "1(d)": {"leaving"},
    **{f"2({letter})": {"worker_details"} for letter in "abcdefg"},
    "3": {"roster_planned", "roster_worked"},
    "4": {"other_person"},
    "5": {"visitor", "visit"},
    "6": {"fire_drill"},
    "7": {"account"},
}

# Schedule 3, item by item: the forms that meet it, by a question or as a whole.
SCHEDULE_3 = {
    **{item: {"profile_identity"} for item in (1, 2, 3)},
    4: {"profile_identity", "profile_communication"},
    5: {"admission"},
    6: {"leaving"},
    7: {"money"},
    **{item: {"profile_authority"} for item in (8, 9, 11)},
    10: {"profile_family"},
    **{item: {"profile_school"} for item in (12, 13)},
    14: {"missing", "returned", "return_interview"},
    15: {"restraint", "control"},
    16: {"profile_family", "contact_limit"},
    17: {"profile_plans"},
    18: {"school_report"},
    19: {"profile_plans"},
    20: {"meeting"},
    21: {"profile_health"},
    22: {"accident", "self_harm"},
    23: {"profile_health", "appointment", "allergy", "allergy_change"},
    24: {"appointment"},
    25: {
        "profile_medicines",
        "medicine_given",
        "medicine_stock",
        "medicine_self",
        "medicine_error",
        "medicine_outcome",
        "prescription",
        "prescription_change",
        "prescription_checked",
        "prescription_stopped",
    },
    26: {"profile_health"},
}

# Every form on which a measure of control is recorded, under whatever name.
MEASURES = (
    "access_limit", "bedroom_observation", "contact", "contact_limit", "control",
    "deprivation_of_liberty", "restraint", "search", "single_separation", "surveillance",
)  # fmt: skip

# Written many times a day: at most so many questions of the form's own, the shortest way.
ROUTINE = {
    "daily_log": 1,
    "key_session": 3,
    "contact": 4,
    "note": 0,
    "visit": 6,
    "appointment": 6,
    "medicine_given": 3,
    "money": 4,
    "handover": 2,
    "visitor": 2,
    "fire_drill": 2,
    "life_event": 2,
}

# Words that style and the vocabulary of language that cares keep off our pages.
NEVER = re.compile(
    r"service users?|residents?|clients?|abscond\w*|placement breakdown|\bunit\b|\bLAC\b|\bYP\b|"
    r"challenging behaviou?r|\bsanctions?\b|non-compliant|refused to engage|attention.seeking|"
    r"manipulative|\bpeers?\b|\bsiblings?\b|aggressive|violent|victims?\b|suffers? from|"
    r"siblings|respite|in care\b|\be\.g\.|\bi\.e\.|\bASAP\b",
    re.IGNORECASE,
)


def required(of: Form) -> dict[str, set[str]]:
    """Return the rules that ask for each question."""
    return {field.name: {rule.rule for rule in field.required_by} for field in of.fields}


def rules_of(of: Form) -> set[str]:
    owed = {field.statement.requirement.rule for field in of.fields if field.statement}
    return owed.union(*required(of).values()) if of.fields else owed


def words_of(of: Form) -> list[str]:
    """Return every sentence and label of a form."""
    said = [of.title, of.description, of.shown_as]
    for field in (*of.fields, *chain.from_iterable(field.columns for field in of.fields)):
        said += [field.label, field.hint, field.section]
        said += [choice.label for choice in field.choices]
        said += [rule.words for rule in field.required_by]
    return [text for text in said if text]


def whole(of: Form) -> Content:
    """Return an entry that has what the form asks for, and nothing else."""
    answers = shortest_answers(of, at=build.EVENT_AT)
    return Content.from_json(
        {
            "happened_from": "2026-11-23T18:30",
            "where": "The kitchen" if of.where else "",
            "how_known": "was_there",
            "present_nobody": True,
            "statements": []
            if of.statements_optional
            else [{"text": "We had tea together."}, *statements_owed(of, answers)],
            "answers": answers,
        }
    )


@pytest.mark.policy("P19")
@pytest.mark.policy("P49")
@pytest.mark.parametrize("shape", FORMS, ids=IDS)
def test_every_form_can_be_completed_by_what_its_rules_ask_and_nothing_else(shape: Form) -> None:
    assert build.found(whole(shape), shape) == []


@pytest.mark.policy("P49")
@pytest.mark.parametrize("shape", FORMS, ids=IDS)
def test_whatever_a_rule_asks_is_named_while_it_has_no_answer(shape: Form) -> None:
    answers = shortest_answers(shape, at=build.EVENT_AT)
    entry = whole(shape)
    for field in shape.fields:
        if field.name not in answers or not field.required_by:
            continue
        left = {name: given for name, given in entry.answers.items() if name != field.name}
        changed = replace(entry, answers=left)
        assert (f"answers-{field.name}", field.rules) in build.found(changed, shape)


@pytest.mark.parametrize("shape", FORMS, ids=IDS)
def test_a_form_says_briefly_what_it_is_for(shape: Form) -> None:
    assert len(shape.title) <= 45
    assert len(shape.shown_as) <= 45
    assert len(shape.description) <= 160
    assert shape.description.endswith(".")


def test_forms_have_a_place_of_their_own_in_the_list() -> None:
    places = Counter((shape.book, shape.group, shape.order) for shape in FORMS if not shape.retired)
    assert [place for place, count in places.items() if count > 1] == []


@pytest.mark.parametrize("shape", FORMS, ids=IDS)
def test_a_form_speaks_plainly_and_kindly(shape: Form) -> None:
    assert [words for words in words_of(shape) if NEVER.search(words)] == []
    long = [field.label for field in shape.fields if len(field.label) > 90]
    assert long == []


@pytest.mark.parametrize("shape", FORMS, ids=IDS)
def test_the_rules_of_a_form_are_told_in_sentences(shape: Form) -> None:
    told = [rule.words for field in shape.fields for rule in field.required_by]
    assert [words for words in told if not re.fullmatch(r"[A-Z].{10,110}\.", words)] == []


@pytest.mark.policy("P11")
@pytest.mark.policy("P60")
@pytest.mark.parametrize("name", ["restraint", "control"])
def test_the_particulars_of_regulation_35_are_asked_of_every_measure(name: str) -> None:
    asked = form(name)
    by_rule: dict[str, set[str]] = {}
    for field, rules in required(asked).items():
        for rule in rules:
            by_rule.setdefault(rule, set()).add(field)
    assert asked.where is not None
    by_rule.setdefault(asked.where.rule, set()).add("where")
    for particular, fields in PARTICULARS.items():
        assert fields <= by_rule[f"reg 35(3)(a){particular}"]
    assert asked.child_facing


@pytest.mark.policy("P60")
def test_a_measure_says_how_long_it_lasted() -> None:
    assert form("restraint").field("duration").type is FieldType.SECONDS
    for name, field in (("restraint", "duration"), ("control", "ends")):
        assert form(name).field(field).rules == "reg 35(3)(a)(iv)"


@pytest.mark.policy("P60")
def test_a_routine_of_the_plan_names_its_plan_and_is_spared_the_full_record() -> None:
    restraint = form("restraint")
    spared = {"behaviour", "avoid", "effect", "consequences", "necessary"}
    exempt = {field.name for field in restraint.asked({"plan_exempt": "yes"})}
    others = {field.name for field in restraint.asked({"plan_exempt": "no"})}
    assert "plan_reference" in exempt
    assert "plan_reference" not in others
    assert spared <= others
    assert not spared & exempt
    assert {"users", "purpose", "duration", "injured"} <= exempt


@pytest.mark.policy("P60")
def test_restraint_has_two_purposes_and_a_third_in_a_secure_home() -> None:
    purpose = form("restraint").field("purpose")
    assert [choice.value for choice in purpose.offered(secure=False)] == ["injury", "damage"]
    assert [choice.value for choice in purpose.offered(secure=True)] == [
        "injury",
        "damage",
        "leaving",
    ]


@pytest.mark.policy("P60")
@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_asks_about_the_ten_that_are_never_allowed(name: str) -> None:
    measure = form(name)
    never = measure.field("never_allowed")
    assert [choice.prohibited for choice in never.choices] == [
        *(f"reg 19(2)({letter})" for letter in "abcdefghij"), "",
    ]  # fmt: skip
    assert never.rules == "reg 19(2)"
    limited = {"limited": "yes"} if name == "contact" else {}
    for choice in never.choices:
        chosen = {**limited, "never_allowed": [choice.value]}
        assert [rule.rule for rule in measure.prohibited(chosen)] == [choice.prohibited or ""][
            : bool(choice.prohibited)
        ]
        asked = {field.name for field in measure.asked(chosen)}
        assert "never_allowed" in asked
        assert "notifiable" in asked or not choice.prohibited  # reg 40


@pytest.mark.policy("P60")
def test_whatever_a_measure_was_for_and_whatever_kind_was_chosen_the_ten_are_asked_about() -> None:
    control = form("control")
    for kind in control.field("measure_kind").choices:
        for purpose in control.field("kind").choices:
            chosen = {"kind": purpose.value, "measure_kind": kind.value}
            assert "never_allowed" in {field.name for field in control.asked(chosen)}


def test_none_of_these_goes_with_no_other_answer() -> None:
    control = form("control")
    entry = whole(control)
    both = {**entry.answers, "never_allowed": ("food", "none"), "notifiable": "not_decided"}
    assert build.found(replace(entry, answers=both), control) == [
        ("answers-never_allowed", "reg 19(2)")
    ]


@pytest.mark.policy("P11")
@pytest.mark.parametrize("name", RULES)
def test_a_form_asks_what_the_rules_ask_of_it(name: str) -> None:
    assert RULES[name] <= rules_of(form(name))


def test_every_form_that_asks_for_something_is_held_to_the_rules_above() -> None:
    profile = {shape.name for shape in FORMS if shape.group is Group.PROFILE}
    registers = set(chain.from_iterable(SCHEDULE_4.values()))
    asking = {shape.name for shape in FORMS if rules_of(shape)}
    assert asking - set(RULES) - profile - registers <= of_the_home()


def of_the_home() -> set[str]:
    """Return the yearly forms of the home (regs 44 to 46), which the clocks test."""
    return {
        "independent_visit",
        "independent_report",
        "quality_review",
        "quality_report",
        "location_review",
    }


@pytest.mark.policy("P11")
@pytest.mark.parametrize("item", ITEMS)
def test_every_item_of_schedule_3_is_met_by_named_forms(item: int) -> None:
    met = {
        shape.name
        for shape in FORMS
        if item in shape.items or any(field.item == item for field in shape.fields)
    }
    assert met == SCHEDULE_3[item]


BY_ADMISSION = 1


@pytest.mark.policy("P11")
@pytest.mark.parametrize("item", ITEMS)
def test_a_detail_of_schedule_3_is_asked_for_by_its_own_rule(item: int) -> None:
    for shape in FORMS:
        fields: list[Field] = [field for field in shape.fields if field.item == item]
        cited = set().union(*(required(shape)[field.name] for field in fields))
        # The admission says the name, and the section asks for earlier ones alone.
        said_elsewhere = shape.name == "profile_communication" or item == BY_ADMISSION
        assert not fields or f"Sch 3 para {item}" in cited or said_elsewhere


@pytest.mark.policy("P11")
@pytest.mark.parametrize("item", SCHEDULE_4)
def test_every_item_of_schedule_4_is_asked_for_by_named_forms(item: str) -> None:
    asking = {shape.name for shape in FORMS if f"Sch 4 para {item}" in rules_of(shape)}
    assert asking == SCHEDULE_4[item]


@pytest.mark.policy("P60")
def test_every_register_has_its_forms() -> None:
    of: dict[Register, set[str]] = {register: set() for register in Register}
    for shape in FORMS:
        if shape.register:
            of[shape.register].add(shape.name)
    assert of == {
        Register.RESTRAINT: {"restraint"},
        Register.CONTROL: {"control"},
        Register.MISSING: {"missing"},
        Register.ADDITIONAL: {
            "access_limit",
            "bedroom_observation",
            "contact_limit",
            "deprivation_of_liberty",
            "search",
            "single_separation",
            "surveillance",
        },
        Register.COMPLAINT: {"complaint", "complaint_home"},
        Register.ALLEGATION: {"allegation"},
        Register.VISITOR: {"visitor", "visit"},
        Register.FIRE_DRILL: {"fire_drill"},
        Register.ADMISSION: {"admission", "leaving"},
    }


@pytest.mark.policy("P30")
@pytest.mark.parametrize("name", ["visit", "meeting", "appointment"])
def test_visits_meetings_and_appointments_ask_what_was_agreed_and_track_it(name: str) -> None:
    asked = form(name)
    assert asked.field("outcome").rules == "P30"
    assert asked.field("actions").tracked
    assert {"actions", "reasons_told"} <= {field.name for field in asked.asked({"outcome": "both"})}


@pytest.mark.policy("P32")
def test_every_form_about_what_happened_with_a_child_asks_for_the_childs_view() -> None:
    silent = {
        shape.name
        for shape in FORMS
        if shape.book is BookKind.CHILD
        and shape.is_listed
        and shape.group is not Group.PROFILE
        and not shape.child_facing
    }
    assert silent == {
        "note", "medicine_given", "medicine_stock", "money", "admission_notice", "discharge_notice",
        "prescription", "allergy",  # copied from a label and a letter
        "handed_over", "going_out",
        # These ask for it too, in their own way.
        "daily_log", "key_session", "contact",
    } - {shape.name for shape in FORMS if shape.child_facing}  # fmt: skip


@pytest.mark.parametrize("name", ROUTINE)
def test_a_routine_entry_asks_little(name: str) -> None:
    assert len(shortest_answers(form(name))) <= ROUTINE[name]


# What stands open although no rule asks for it: the core of a record.
CORE = {
    "incident": {"severity", "police", "told", "afterwards", "plan_needs_change", "injured"},
    "restraint": {"trained", "recording_kept", "told", "holds", "medical_check"},
    "self_harm": {"watch", "told"},
    "accident": {"told"},
}


@pytest.mark.policy("P49")
@pytest.mark.parametrize("name", CORE)
def test_the_core_of_a_record_stands_open(name: str) -> None:
    assert CORE[name] <= open_fields(form(name))


@pytest.mark.policy("P60")
@pytest.mark.parametrize("injured", ["nobody", "child", "others", "several"])
def test_a_restraint_asks_about_the_doctor_once(injured: str) -> None:
    asked = {field.name for field in form("restraint").asked({"injured": injured})}
    assert len(asked & {"medical_check", "medical_help"}) == 1


@pytest.mark.policy("P60")
def test_a_measure_need_not_have_an_end() -> None:
    control = form("control")
    follows = {"over": {"lasted"}, "until": {"lasts_until"}, "done": {"ends_with"},
               "open": {"review_on"}}  # fmt: skip
    for ends, fields in follows.items():
        asked = {field.name for field in control.asked({"ends": ends})}
        assert asked & set().union(*follows.values()) == fields


@pytest.mark.policy("P60")
@pytest.mark.parametrize(
    "said",
    [
        {"authority": "none"},
        {"authority": "high_court", "in_force": "ended"},
        {"authority": "other", "in_force": "unsure"},
        {"authority": "secure", "in_force": "yes", "beyond_order": "yes"},
    ],
)
def test_a_limit_without_a_court_s_order_that_is_in_force_escalates(said: dict[str, str]) -> None:
    of = form("deprivation_of_liberty")
    assert {choice.rule for choice in of.prohibited(said)} == {"reg 20(3)"}
    assert not of.prohibited({"authority": "high_court", "in_force": "yes", "beyond_order": "no"})


@pytest.mark.policy("P60")
def test_every_additional_measure_cites_the_clause_of_its_register() -> None:
    additional = [shape for shape in FORMS if shape.register is Register.ADDITIONAL]
    assert [shape.name for shape in additional if "P60" not in rules_of(shape)] == []


@pytest.mark.policy("P35")
def test_a_visit_can_say_that_records_were_read_without_agreement() -> None:
    values = {choice.value for choice in form("visit").field("records_agreed").choices}
    assert {"both", "not_asked", "refused"} <= values
    seen = {"records_seen": "yes", "records_agreed": "not_asked"}
    assert "records_why" in {field.name for field in form("visit").asked(seen)}
