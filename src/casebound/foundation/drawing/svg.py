"""SVG as text: every word somebody typed goes through `escaped`, and nothing else is from outside.

Attributes are presentation attributes, never `style`: the pages allow no inline style, and the
picture looks the same where it is sealed, shown, printed and taken away.
"""

import re
from typing import Final

# What XML 1.0 cannot hold, even escaped. Sealed text has none of it but U+FFFE and U+FFFF.
_NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Return a text so that it is only ever text, in an element or in an attribute."""
    return (
        _NOT_XML.sub("\ufffd", text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )


def picture(*, box: str, title: str, desc: str, inside: str) -> str:
    """Return an SVG that says what it is; `inside` is SVG already, all else is plain text."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{escaped(box)}" role="img">'
        f"<title>{escaped(title)}</title><desc>{escaped(desc)}</desc>{inside}</svg>"
    )
