"""The answers of a form as HTML: words, rows as a table, or a drawing with its words."""

from collections.abc import Sequence

from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, prose, together
from casebound.record.rendering.entry_view import AnswerTable, AnswerValue, DrawingView


def answer_html(label: str, value: AnswerValue) -> Markup:
    """Return one answer: words, a drawing, or rows as a table that `label` names."""
    if isinstance(value, DrawingView):
        return _drawing(value)
    return _table(label, value) if isinstance(value, AnswerTable) else prose(value)


def _drawing(drawing: DrawingView) -> Markup:
    """Return a drawing and, beside it, the same in words; the list counts as the picture does."""
    description = NOTHING
    if drawing.description:
        description = html('<p class="app-drawing__said">%s</p>', prose(drawing.description))
    lines = NOTHING
    if drawing.lines:
        items = together(html("<li>%s</li>", prose(line)) for line in drawing.lines)
        lines = html('<ol class="app-drawing__list">%s</ol>', items)
    return html(
        '<figure class="app-drawing"><div class="app-drawing__picture">%s</div>'
        '<figcaption class="app-drawing__words">%s<p class="app-drawing__heading">%s</p>%s'
        "</figcaption></figure>",
        Markup(drawing.svg),  # noqa: S704 (drawn by us, its words escaped there)
        description,
        prose(drawing.heading),
        lines,
    )


def _table(label: str, table: AnswerTable) -> Markup:
    """Return rows as a table; where it is narrow, each cell says its head (by `data-head`)."""
    heads = together(
        html('<th scope="col" class="app-rows__head">%s</th>', head) for head in table.heads
    )
    return html(
        '<table class="app-rows" aria-label="%s"><thead class="app-rows__heads"><tr>%s</tr></thead>'
        '<tbody class="app-rows__body">%s</tbody></table>',
        label,
        heads,
        together(_row(table.heads, row) for row in table.rows),
    )


def _row(heads: Sequence[str], row: Sequence[str]) -> Markup:
    cells = together(
        html('<td class="app-rows__cell" data-head="%s" dir="auto">%s</td>', head, prose(cell))
        for head, cell in zip(heads, row, strict=True)
    )
    return html('<tr class="app-rows__row">%s</tr>', cells)
