"""Made-up content for the gallery and its tests. Nobody in it is real."""

import json

from casebound.foundation.drawing.body_map import BodyMap
from casebound.foundation.drawing.drawings import drawn
from casebound.foundation.web.drawn import body_map_shown, sketch_shown
from casebound.foundation.web.frame import Frame
from casebound.foundation.web.marked import Entry, Note, Statement

FRAME: Frame = {
    "who": "Amara Okafor",
    "role": "residential worker, Larch House",
    "home": "Larch House",
    "start": "#main",
    "nav": [
        {"label": "Shift", "url": "#shift", "icon": "shift", "current": True},
        {"label": "Books", "url": "#books", "icon": "book"},
        {"label": "Search", "url": "#search", "icon": "search"},
        {"label": "Desk", "url": "#desk", "icon": "desk"},
        {"label": "Proof", "url": "#proof", "icon": "proof"},
    ],
    "account": [
        {"label": "Your sign-in", "url": "#account"},
        {"label": "Sign out", "url": "#sign-out"},
    ],
    "demo": True,
    "door": "#door",
}

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
    (label, one)
    for label, typed in (("Where on the child's body?", BODY_MAP), ("A sketch", SKETCH))
    if (one := drawn(json.loads(typed)))
]
BODY_MAP_SHOWN, EMPTY_MAP_SHOWN = body_map_shown(BODY_MAP), body_map_shown("")
SKETCH_SHOWN, EMPTY_SKETCH_SHOWN = sketch_shown(SKETCH), sketch_shown("")

LONG_NAME = "Maximiliane-Théodora Oluwaseun Featherstonehaugh-Vandenberghe"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

ENTRIES = [
    Entry(
        number=118,
        form="Daily log",
        happened="Monday 23 November 2026, 15:40 to 21:30",
        signed="Monday 23 November 2026, 22:41",
        author="Amara Okafor",
        role="residential worker",
        where="Larch House",
        how_known="was there",
        present="Kofi; Ben Whitlock, residential worker",
        statements=[
            Statement(
                "Kofi came in from school at twenty to four, hung up his coat and asked what was "
                "for tea. We made fish fingers together. He counted out four each and laid the "
                "table for five.\nAfter tea he built the bridge from his new kit and finished it."
            ),
            Statement(
                "“It holds my weight if I stand on it slowly. I want Mum to see it on Saturday.”",
                kind="view",
                speaker="Kofi",
            ),
            Statement(
                "He was more settled than last Monday, when contact had been cancelled.",
                kind="opinion",
                whose="Amara Okafor",
                basis="the two evenings I worked with him",
            ),
        ],
        answers=[
            ("Mood", "Cheerful, tired by nine"),
            ("Sleep", "Lights out at half past nine"),
            *DRAWINGS,
        ],
    ),
    Entry(
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
        statements=[
            Statement(
                "Kofi's mother brought the blue jumper and said she would ring on Wednesday.",
                kind="account",
                source="told_by",
                speaker="Kofi's mother",
                told_by="Ruth Abara, family support worker",
            ),
            Statement(
                "Her new address was given to the centre.",
                source="read_in",
                read_in="the contact centre's sheet of 21 November",
                sharing="third_party",
                third_party="Kofi's mother",
                permission="not_asked",
            ),
            Statement(
                "The next contact stays at the centre and is not moved to the park.",
                kind="decision",
                maker="Helen Marsh, registered manager",
                basis="the contact plan of 2 November",
            ),
            Statement(
                "The Wednesday call may not take place; Kofi is to be told by his social worker.",
                sharing="withheld",
                ground="Likely to cause serious harm to the child's health",
                reason="he is to hear it from his social worker first, on Tuesday",
                review_on="2026-11-25",
            ),
        ],
        notes=[Note("Corrected by no. 121", "#no-121")],
    ),
    Entry(
        number=120,
        form="Note",
        happened="Sunday 22 November 2026, 08:10",
        signed="Sunday 22 November 2026, 08:12",
        author="Ben Whitlock",
        role="residential worker",
        how_known="was there",
        present="nobody else",
        state="struck",
        state_reason="The wrong morning: this was Saturday. See no. 121.",
        statements=[Statement("Kofi slept until eight and came down in his dressing gown.")],
        notes=[Note("Struck by no. 121", "#no-121")],
    ),
    Entry(
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
        statements=[
            Statement(f"Long words break: {UNBROKEN}{UNBROKEN}", kind="assessment", whose="Dr Li"),
            Statement(
                "قال كوفي إنه نام جيدا وإنه يريد أن يلعب كرة القدم بعد المدرسة. ⚽",
                kind="view",
                speaker="כפיר",
            ),
            Statement('👍🏽 <b>not bold</b> & "quoted"', kind="judgement", basis="two reports"),
        ],
    ),
    Entry(
        number=122,
        form="Daily log",
        happened="Monday 23 November 2026, 20:00",
        signed="Monday 23 November 2026, 20:20",
        author="Ben Whitlock",
        role="residential worker",
        state="misfiled",
        state_reason="It is about another child.",
        statements=[Statement("This text must not be in the page.")],
        notes=[Note("Barred by no. 123", "#no-123")],
    ),
]

UNSIGNED = Entry(
    number=0,
    form="Key session",
    happened="Monday 23 November 2026, 16:00 to 16:40",
    signed="",
    author="Ruth Abara",
    role="key worker",
    how_known="was there",
    present="Maya",
    statements=[Statement("Maya wants to learn to swim.", kind="view", speaker="Maya")],
)

KINDS = [
    ("fact", "Fact"),
    ("account", "Account"),
    ("view", "Child's view"),
    ("opinion", "Opinion"),
    ("decision", "Decision"),
]
KNOWN = [
    ("was_there", "I was there", "You saw it or took part"),
    ("told_by", "I was told", "You will be asked by whom"),
    ("read_in", "I read it", "You will be asked where"),
]
GROUNDS = [("harm", "Likely to cause serious harm to the child's health"), ("other", "Another")]
WRITING = {
    "text": "He was more settled than last Monday.",
    "kind": "opinion",
    "source": "first_hand",
    "sharing": "shared",
    "marks": "Opinion of Amara Okafor, first hand, shared",
}
WRITING_ERRORS = {"basis": "Say what the opinion rests on."}
FIELD_ERRORS = [
    ("wrong-input", "Say where it happened"),
    ("wrong-moment", "The end is before the start"),
]
GAPS = [
    ("You have not said who was present.", "Asked for by the recording policy (P04)", "#present"),
    ("An opinion has no basis.", "Asked for by the recording policy (P53)", "#statements-2"),
    ("Could you say what Kofi thought?", "The child's view (reg 7)", "", "advice"),
]
ROWS = [
    ("Written", "Monday 23 November 2026, 22:41"),
    ("Where", "Larch House, kitchen", "#where"),
    ("Interpreter", ""),
]
HEADS = ["Who looked", "When", "Why"]
TABLE = [
    ("Helen Marsh", "23 November 2026, 09:12", "Weekly reading"),
    (LONG_NAME, "22 November 2026, 21:50", "Writing a correction"),
]
TABS = [
    ("All", "#all", True, ""),
    ("Daily log", "#log", False, "31"),
    ("Key session", "#key", False, "4"),
]
TAGS = [
    ("due", "Due by 22:30"),
    ("overdue", "Overdue since 21:00"),
    ("late", "Late Entry"),
    ("correction", "Correction"),
    ("addendum", "Addendum"),
    ("struck", "Struck through"),
    ("misfiled", "Misfiled"),
    ("withheld", "Withheld"),
    ("third", "Third party"),
    ("unsigned", "Not signed"),
    ("draft", "Draft"),
    ("sealed", "Sealed"),
    ("done", "Done"),
    ("waiting", "Waiting"),
    ("language", "Polish"),
]
PEOPLE = [
    ("Amara Okafor", "residential worker", "Writes Kofi's and Maya's evenings."),
    ("Ben Whitlock", "residential worker", "Has a late entry waiting."),
    ("Helen Marsh", "registered manager", "Sees what is late, unsigned or waiting."),
    ("Piotr Zielinski", "system administrator", "Looks after accounts and reads no book."),
    ("Ruth Abara", "key worker", "Key sessions on Thursdays."),
    (LONG_NAME, "responsible individual", "Has a long name, which must fit."),
]
