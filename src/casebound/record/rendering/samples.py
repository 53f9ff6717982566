"""Made-up entries, for the gallery and for tests. Nobody in them is real."""

import json

from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.drawings import drawn
from casebound.record.rendering.audience import STAFF
from casebound.record.rendering.entry_view import (
    AnswerView,
    DrawingView,
    EntryView,
    LinkView,
    ReasonView,
    StatementView,
)

BODY_MAP = BodyMap.read(
    {
        "marks": [
            {"view": "front", "region": "left_forearm", "kind": "bruise", "length_mm": "20",
             "width_mm": "10", "text": "round, yellow at the rim", "photo": "2"},
            {"view": "back", "region": "right_calf", "kind": "graze"},
            {"view": "front", "region": "forehead", "kind": "pain", "text": "<b>ياسمين</b>"},
        ]
    }
).typed()  # fmt: skip
SKETCH = json.dumps(
    {
        "words": "The kitchen from above: Kofi by the door, the stool where it fell.",
        "paper": "grid",
        "strokes": [
            {"ink": "black", "pen": "thick", "points": [90, 90, 50, 900, 90, 50, 900, 660, 50]},
            {"ink": "blue", "pen": "medium", "points": [200, 560, 50, 400, 380, 50, 560, 400, 50]},
            {"ink": "red", "pen": "thin", "points": [700, 200, 50, 640, 320, 50]},
        ],
        "points": [{"x": 200, "y": 560, "text": "Kofi"}, {"x": 820, "y": 300, "text": "The stool"}],
    }
)
DRAWINGS = [
    AnswerView(label, DrawingView(made.svg, made.heading, made.lines, made.description))
    for label, typed in (("Where on the child's body?", BODY_MAP), ("A sketch", SKETCH))
    if (made := drawn(json.loads(typed)))
]
LONG_NAME = "Maximiliane-Théodora Oluwaseun Featherstonehaugh-Vandenberghe"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

ENTRIES = [
    EntryView(
        number=118,
        form="Daily log",
        happened="Monday 23 November 2026, 15:40 to 21:30",
        signed="Monday 23 November 2026, 22:41",
        author="Amara Okafor",
        role="residential worker",
        where="Larch House",
        how_known="was there",
        present="Kofi; Ben Whitlock, residential worker",
        statements=(
            StatementView(
                "Kofi came in from school at twenty to four, hung up his coat and asked what was "
                "for tea. We made fish fingers together. He counted out four each and laid the "
                "table for five.\nAfter tea he built the bridge from his new kit and finished it."
            ),
            StatementView(
                "“It holds my weight if I stand on it slowly. I want Mum to see it on Saturday.”",
                kind="view",
                speaker="Kofi",
            ),
            StatementView(
                "He was more settled than last Monday, when contact had been cancelled.",
                kind="opinion",
                whose="Amara Okafor",
                basis="the two evenings I worked with him",
            ),
        ),
        answers=(
            AnswerView("Mood", "Cheerful, tired by nine"),
            AnswerView("Sleep", "Lights out at half past nine"),
            *DRAWINGS,
        ),
    ),
    EntryView(
        number=119,
        form="Contact",
        happened="Saturday 21 November 2026, 11:00 to 12:15",
        signed="Monday 23 November 2026, 18:20",
        author="Ben Whitlock",
        role="residential worker",
        how_known="was told by Ruth Abara, family support worker",
        present="nobody else",
        late="signed 54 hours after it happened",
        late_reason="I was off shift and had no sign-in at the contact centre.",
        statements=(
            StatementView(
                "Kofi's mother brought the blue jumper and said she would ring on Wednesday.",
                kind="account",
                source="told_by",
                speaker="Kofi's mother",
                told_by="Ruth Abara, family support worker",
            ),
            StatementView(
                "Her new address was given to the centre.",
                source="read_in",
                read_in="the contact centre's sheet of 21 November",
                sharing="third_party",
                third_party="Kofi's mother",
                permission="not_asked",
                audience=STAFF,
            ),
            StatementView(
                "The next contact stays at the centre and is not moved to the park.",
                kind="decision",
                maker="Helen Marsh, registered manager",
                basis="the contact plan of 2 November",
            ),
            StatementView(
                "The Wednesday call may not take place; Kofi is to be told by his social worker.",
                sharing="withheld",
                ground="Likely to cause serious harm to the child's health",
                reason="he is to hear it from his social worker first, on Tuesday",
                review_on="2026-11-25",
                audience=STAFF,
            ),
        ),
        links=(LinkView("Corrected by no. 121", "#no-121"),),
    ),
    EntryView(
        number=120,
        form="Note",
        happened="Sunday 22 November 2026, 08:10",
        signed="Sunday 22 November 2026, 08:12",
        author="Ben Whitlock",
        role="residential worker",
        how_known="was there",
        present="nobody else",
        state="struck",
        state_reason=(ReasonView("The wrong morning: this was Saturday. See no. 121."),),
        statements=(StatementView("Kofi slept until eight and came down in his dressing gown."),),
        links=(LinkView("Struck by no. 121", "#no-121"),),
    ),
    EntryView(
        number=121,
        form="Correction",
        happened="Monday 23 November 2026, 18:30",
        signed="Monday 23 November 2026, 18:34",
        author=LONG_NAME,
        role="senior residential worker on shift and designated lead for records",
        how_known="read it in the handover book",
        present=f"{LONG_NAME}; 📞 Ruth",
        language="Polish",
        interpreter="Ewa Nowak",
        statements=(
            StatementView(
                f"Long words break: {UNBROKEN}{UNBROKEN}", kind="assessment", whose="Dr Li"
            ),
            StatementView(
                "قال كوفي إنه نام جيدا وإنه يريد أن يلعب كرة القدم بعد المدرسة. ⚽",
                kind="view",
                speaker="כפיר",
            ),
            StatementView('👍🏽 <b>not bold</b> & "quoted"', kind="judgement", basis="two reports"),
        ),
    ),
    EntryView(
        number=122,
        form="Daily log",
        happened="Monday 23 November 2026, 20:00",
        signed="Monday 23 November 2026, 20:20",
        author="Ben Whitlock",
        role="residential worker",
        state="misfiled",
        state_reason=(ReasonView("It is about another child."),),
        statements=(StatementView("This text must not be in the page."),),
        links=(LinkView("Barred by no. 123", "#no-123"),),
    ),
]

UNSIGNED = EntryView(
    number=0,
    form="Key session",
    happened="Monday 23 November 2026, 16:00 to 16:40",
    signed="",
    author="Ruth Abara",
    role="key worker",
    how_known="was there",
    present="Maya",
    statements=(StatementView("Maya wants to learn to swim.", kind="view", speaker="Maya"),),
)


class _AsWritten:
    """Shows the names of other children as they were written."""

    hides_files = False

    def shown(self, text: str, *, bracketed: bool = True) -> str:  # noqa: ARG002 (as `Shows`)
        return text


AS_WRITTEN = _AsWritten()
