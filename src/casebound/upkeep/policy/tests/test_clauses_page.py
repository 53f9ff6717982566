import pytest
from django.test import Client

from casebound.foundation.web.templatetags.web_clauses import with_clauses


@pytest.mark.django_db
def test_each_clause_stands_in_words_where_its_number_leads(client: Client) -> None:
    link = str(with_clauses("P44"))

    page = client.get("/rules/").content.decode()

    assert 'href="/rules/#P44"' in link
    assert 'id="P44"' in page
    assert "Late Entry" in page.split('id="P44"')[1].split('id="P45"')[0]


def test_a_law_beside_a_clause_is_no_link_and_nothing_of_words_becomes_html() -> None:
    words = str(with_clauses("P35, reg 35(3)(c) <b>"))

    assert words.endswith("P35</a>, reg 35(3)(c) &lt;b&gt;")
    assert words.count("<a ") == 1
