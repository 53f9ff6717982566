"""Every class of a rendered entry has its styles; the style sheet is built at set-up."""

import re
from pathlib import Path

from casebound.foundation import web
from casebound.record.rendering import samples
from casebound.record.rendering.audience import Reader
from casebound.record.rendering.html import entry_html


def test_every_class_of_an_entry_has_its_styles() -> None:
    css = (Path(web.__file__).parent / "static" / "app" / "app.css").read_text()
    pages = [entry_html(view, reader=Reader.ANSWERS_FOR_BOOK) for view in samples.ENTRIES]

    classes = {
        name
        for page in pages
        for value in re.findall(r'class="([^"]*)"', page)
        for name in value.split()
        if name.startswith("app-")
    }

    assert {name for name in classes if not re.search(rf"\.{name}\b", css)} == set()
