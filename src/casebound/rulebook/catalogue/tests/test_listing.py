from casebound.rulebook.catalogue.catalogue import shipped
from casebound.rulebook.catalogue.listing import TITLES, grouped
from casebound.rulebook.catalogue.shape import BookKind, Group


def test_every_form_is_listed_once_under_the_title_of_its_group() -> None:
    for kind in BookKind:
        forms = shipped().forms_for(kind)
        listed = [form.name for _, group in grouped(forms) for form in group]
        assert sorted(listed) == sorted(form.name for form in forms)
    assert set(TITLES) == set(Group)


def test_a_form_is_found_by_its_title_its_line_and_what_it_asks() -> None:
    forms = shipped().forms_for(BookKind.CHILD)

    def found(words: str) -> list[str]:
        return [form.name for _, group in grouped(forms, words) for form in group]

    assert found("daily log") == ["daily_log"]
    assert "incident" in found("police")
    assert "contact" in found("LETTER meeting")
    assert found("platypus") == []


def test_a_form_whose_title_fits_comes_before_one_that_only_asks_about_it() -> None:
    forms = shipped().forms_for(BookKind.CHILD)
    groups = dict(grouped(forms, "restraint"))
    assert next(form.name for form in groups[TITLES[Group.SAFETY]]) == "restraint"
