"""Where the stores are on PostgreSQL."""

import pytest

from casebound.foundation.stores.addresses import DatabaseAddressError, postgresql

URL = "postgresql://oak%40house:sp%2Face@db.example:6432/cases"


def test_one_address_says_where_all_three_stores_are() -> None:
    stores = postgresql({"default": URL, "keyring": "", "derived": ""}, pool=0)

    assert {name: store["NAME"] for name, store in stores.items()} == {
        "default": "cases",
        "keyring": "cases_keyring",
        "derived": "cases_derived",
    }
    default = stores["default"]
    assert (default["USER"], default["PASSWORD"]) == ("oak@house", "sp/ace")
    assert (default["HOST"], default["PORT"]) == ("db.example", "6432")
    assert "pool" not in default["OPTIONS"]
    assert default["CONN_MAX_AGE"] is None


def test_a_store_can_have_an_address_of_its_own() -> None:
    stores = postgresql({"default": URL, "keyring": "postgresql://safe.example/keys"}, pool=4)

    assert (stores["keyring"]["HOST"], stores["keyring"]["NAME"]) == ("safe.example", "keys")
    assert stores["default"]["OPTIONS"]["pool"]["max_size"] == 4
    assert stores["default"]["CONN_MAX_AGE"] == 0


def test_a_socket_is_named_behind_the_question_mark() -> None:
    stores = postgresql({"default": "postgresql:///cases?host=/run/pg&port=5433"}, pool=0)

    assert (stores["default"]["HOST"], stores["default"]["PORT"]) == ("/run/pg", "5433")


def test_only_what_can_be_worked_out_again_may_be_lost_with_the_power() -> None:
    stores = postgresql({"default": URL}, pool=0)

    lossy = {name for name, store in stores.items() if "session" in store["OPTIONS"]}
    assert lossy == {"derived"}


def test_every_option_of_libpq_in_an_address_reaches_it() -> None:
    url = f"{URL}?sslmode=verify-ca&sslrootcert=%2Fetc%2Froot%20ca.pem&sslcert=a&connect_timeout=9"

    for store in postgresql({"default": url}, pool=0).values():
        options = store["OPTIONS"]
        assert options["sslmode"] == "verify-ca"
        assert options["sslrootcert"] == "/etc/root ca.pem"
        assert options["sslcert"] == "a"
        assert options["connect_timeout"] == "9"


@pytest.mark.parametrize(
    ("place", "sslmode"),
    [
        ("db.example", "verify-full"),
        ("localhost,db.example", "verify-full"),
        ("10.0.0.7:5432", "verify-full"),
        ("localhost", None),
        ("127.0.0.1:5433", None),
        ("[::1]", None),
        ("%2Frun%2Fpostgresql", None),
    ],
)
def test_words_go_to_another_machine_by_tls_alone_unless_the_address_says_otherwise(
    place: str, sslmode: str | None
) -> None:
    stores = postgresql({"default": f"postgresql://oak@{place}/cases"}, pool=0)

    assert {store["OPTIONS"].get("sslmode") for store in stores.values()} == {sslmode}


@pytest.mark.parametrize(
    "url", ["postgresql://h/x?sslmod=verify-full", "sqlite:///x", "postgresql://[h/x"]
)
def test_an_address_that_cannot_be_read_is_refused_in_words(url: str) -> None:
    with pytest.raises(DatabaseAddressError, match="sslmode=verify-full"):
        postgresql({"default": url}, pool=0)
