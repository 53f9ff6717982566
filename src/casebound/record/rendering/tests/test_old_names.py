import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from casebound.record.rendering.audience import Reader
from casebound.record.rendering.entry_view import AnswerView, LinkView, StatementView
from casebound.record.rendering.html import entry_html
from casebound.record.rendering.samples import AS_WRITTEN, ENTRIES

OLD = {"Maisie Thorn": "Max Thorn", "Maisie": "Max"}
WRITTEN = replace(
    ENTRIES[0],
    statements=(StatementView("Maisie's boat. MAISIE laughed; Maisie Thorn signed. Daisie too."),),
    answers=(AnswerView("Who?", "Maisie"),),
    links=(LinkView("About Maisie: no. 3"),),
    where="Maisie’s room",
)


def test_the_child_reads_the_name_now_in_place_of_the_earlier_one() -> None:
    page = entry_html(WRITTEN, reader=Reader.CHILD, old_names=OLD, other_names=AS_WRITTEN)

    assert "[Max]&#39;s boat. [Max] laughed; [Max Thorn] signed. Daisie too." in page
    assert "maisie" not in page.casefold()


def test_staff_read_what_was_written() -> None:
    assert "Maisie Thorn signed" in entry_html(WRITTEN, reader=Reader.STAFF)


def test_nothing_is_rendered_for_a_child_before_it_is_said_what_not_to_show() -> None:
    with pytest.raises(ValueError, match="old_names"):
        entry_html(WRITTEN, reader=Reader.CHILD, other_names=AS_WRITTEN)


@given(
    st.lists(
        st.sampled_from(
            ["Maisie", "maisie,", "(Maisie)", "Maisie-Rose", "a", "Ma\u00efsie", "Mai\u0308sie"]
        )
    )
)
def test_no_earlier_name_is_in_any_byte_of_what_the_child_reads(words: list[str]) -> None:
    written = replace(ENTRIES[0], statements=(StatementView(" ".join(words) or "a"),))

    page = entry_html(
        written,
        reader=Reader.CHILD,
        old_names={"Maisie": "Max", "Maïsie": "Max"},
        other_names=AS_WRITTEN,
    )

    assert "maisie" not in page.casefold()
    assert "maïsie" not in page.casefold()
