import pytest

from casebound.foundation.base.names import is_full_name


@pytest.mark.policy("P48")
@pytest.mark.parametrize(
    "name",
    [
        "Sam Okafor",
        "Bo Li",
        "Ng O",
        "Anne-Marie O'Neill",
        "John A. Smith",
        "Xu Ōno",
        "de Souza Ana",
        "Олена Шевченко",
        "محمد علي",
        "जय शर्मा",
        "山田太郎",
        "李明",
        "김민준",
        "สมชาย ใจดี",
        "Σ. Νίκος Παππάς",
        "အောင်ဆန်း",
        "N\u0303an\u0303a Pe\u0301rez",
    ],
)
def test_a_name_in_full_is_accepted_in_every_script(name: str) -> None:
    assert is_full_name(name)


@pytest.mark.policy("P48")
@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "JS",
        "J.S.",
        "J. S.",
        "J S",
        "J.-P. S.",
        "J. Smith",
        "J.S. Smith",
        "Sam",
        "李",
        "Worker 12",
        "Sam -",
        "S. Ш.",
        "12 34",
        "Anne-Marie",
    ],
)
def test_initials_or_half_a_name_are_refused(name: str) -> None:
    assert not is_full_name(name)


@pytest.mark.policy("P48")
def test_one_name_will_do_only_for_a_person_who_has_no_other() -> None:
    assert not is_full_name("Suharto")
    assert is_full_name("Suharto", only_one_name=True)


@pytest.mark.policy("P48")
@pytest.mark.parametrize("name", ["JS", "JSB", "J.S.", "J", ""])
def test_initials_are_refused_also_as_an_only_name(name: str) -> None:
    assert not is_full_name(name, only_one_name=True)
