"""Made-up content for the gallery. Nobody in it is real."""

from casebound.foundation.web.drawn import body_map_shown, sketch_shown
from casebound.foundation.web.frame import Frame
from casebound.record.rendering.samples import BODY_MAP, LONG_NAME, SKETCH
from casebound.rulebook.catalogue.marks_offered import marks_offered

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

BODY_MAP_SHOWN, EMPTY_MAP_SHOWN = body_map_shown(BODY_MAP), body_map_shown("")
SKETCH_SHOWN, EMPTY_SKETCH_SHOWN = sketch_shown(SKETCH), sketch_shown("")

KINDS = [
    ("fact", "Fact"),
    ("account", "Account"),
    ("view", "Child's view"),
    ("opinion", "Opinion"),
    ("decision", "Decision"),
]
KNOWN = [
    ("was_there", "I was there", "You saw it or took part"),
    ("told_by", "I was told", "You will be asked who told you"),
    ("read_in", "I read it", "You will be asked where"),
]
OFFERED = marks_offered()
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
