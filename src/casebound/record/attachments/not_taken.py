"""Why a file is not taken, and what its author can do instead, also on which telephone."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.foundation.base.refusals import RefusedError


class Reason(NamedTuple):
    """A reason in words, and what to do: on any device, on an iPhone, on an Android telephone."""

    why: str
    do: str
    iphone: str = ""
    android: str = ""


_PDF_IPHONE: Final = gettext_noop(
    "Open it, tap Share, then Print, then Share again: this makes a PDF. Save it to Files."
)
_PDF_ANDROID: Final = gettext_noop("Open it, choose Print in its menu, then Save as PDF.")
_SHOT_IPHONE: Final = gettext_noop(
    "Show it on the screen and press the side button and volume up together. Add that screenshot."
)
_SHOT_ANDROID: Final = gettext_noop(
    "Show it on the screen and press the power button and volume down together. Add that"
    " screenshot."
)

REASONS: Final[Mapping[str, Reason]] = {
    "unknown": Reason(
        gettext_noop("Files of this type cannot be added."),
        gettext_noop("Save it as a PDF, or take a photograph of it."),
        _PDF_IPHONE,
        _PDF_ANDROID,
    ),
    "zip": Reason(
        gettext_noop("It is a packed file (ZIP) or an office document, whatever its name says."),
        gettext_noop("Unpack it, or save the document as a PDF."),
        gettext_noop(
            "Tap a packed file in Files to unpack it. A document: tap Share, then Print, then Share"
            " again to make a PDF."
        ),
        gettext_noop(
            "Tap a packed file in Files to unpack it. A document: choose Print, then Save as PDF."
        ),
    ),
    "svg": Reason(
        gettext_noop("It is an SVG drawing. Such a file can hold a program."),
        gettext_noop("Save the drawing as a PNG, or take a photograph of it."),
        _SHOT_IPHONE,
        _SHOT_ANDROID,
    ),
    "markup": Reason(
        gettext_noop("It is a web page or code, not plain text."),
        gettext_noop("Save it as a PDF, or take a photograph of it."),
        _PDF_IPHONE,
        _PDF_ANDROID,
    ),
    "film": Reason(
        gettext_noop("It is a film. Films cannot be added."),
        gettext_noop(
            "Add a screenshot of what matters. Write down what is seen and where the film is kept."
        ),
        gettext_noop(
            "Pause the film where it matters and press the side button and volume up together. Add"
            " that screenshot."
        ),
        gettext_noop(
            "Pause the film where it matters and press the power button and volume down together."
            " Add that screenshot."
        ),
    ),
    "film-like": Reason(
        gettext_noop("It looks like a film, or is a sound recording that is damaged or too large."),
        gettext_noop("Of a film, add a screenshot. Save sound again as MP3 or M4A, up to 100 MB."),
        gettext_noop(
            "Sound: open it in Voice Memos, tap Share, then Save to Files, and add that. A film:"
            " pause it and take a screenshot."
        ),
        gettext_noop(
            "Sound: open it in the app that recorded it and save it as M4A or MP3. A film: pause it"
            " and take a screenshot."
        ),
    ),
    "empty": Reason(
        gettext_noop("There is nothing in it."),
        gettext_noop("Check that the file opens on your device, and add it again."),
        gettext_noop(
            "It may still be in iCloud. Open it in Photos or Files, and then add it again."
        ),
        gettext_noop("It may still be in the cloud. Open it, choose Download, and add it again."),
    ),
    "picture": Reason(
        gettext_noop(
            "It begins like a picture but cannot be read: it is damaged, or something else."
        ),
        gettext_noop("Save it again on your device, or take a new photograph."),
        gettext_noop(
            "Open it in Photos, tap Edit, change something small, tap Done, and add it again."
        ),
        gettext_noop("Open it in Photos or Gallery, tap Edit, then Save copy, and add the copy."),
    ),
    "picture-kind": Reason(
        gettext_noop("It is a picture of a type that cannot be added."),
        gettext_noop("Save it as JPEG or PNG."),
        _SHOT_IPHONE,
        _SHOT_ANDROID,
    ),
    "pixels": Reason(
        gettext_noop("It has more than 64 million pixels, or would unpack to an enormous size."),
        gettext_noop("Save it smaller, or only the part that matters."),
        gettext_noop("Open it in Photos, tap Edit, crop it to what matters, and add it again."),
        gettext_noop("Open it in Photos or Gallery, crop it to what matters, and add the copy."),
    ),
    "pdf": Reason(
        gettext_noop("It begins like a PDF but cannot be read: it is damaged, or something else."),
        gettext_noop("Save it again as a PDF."),
        _PDF_IPHONE,
        _PDF_ANDROID,
    ),
    "locked": Reason(
        gettext_noop("The PDF asks for a password."),
        gettext_noop("Save it without a password."),
        gettext_noop(
            "Open it with its password, tap Share, then Print, then Share again: this makes a PDF"
            " without one."
        ),
        gettext_noop("Open it with its password, choose Print, then Save as PDF."),
    ),
    "sound": Reason(
        gettext_noop("It begins like sound but cannot be read: it is damaged, or something else."),
        gettext_noop("Save it again as MP3, M4A, WAV or OGG."),
        gettext_noop(
            "Play it in Voice Memos. If it plays, tap Share, then Save to Files, and add that."
        ),
        gettext_noop("Play it in the app that recorded it. If it plays, save it as M4A or MP3."),
    ),
    "sound-kind": Reason(
        gettext_noop("It is sound of a type that cannot be added."),
        gettext_noop("Save it as MP3, M4A, WAV or OGG."),
        gettext_noop("Record with Voice Memos: it makes M4A. Tap Share, then Save to Files."),
        gettext_noop("In the settings of the app that recorded it, choose M4A or MP3."),
    ),
    "text": Reason(
        gettext_noop("It begins like plain text, but has signs in it that are not text."),
        gettext_noop("Save it again as plain text or as a PDF."),
        _PDF_IPHONE,
        _PDF_ANDROID,
    ),
    "demanding": Reason(
        gettext_noop("Reading it took too much time or memory."),
        gettext_noop("Save it in a simpler form, such as JPEG or PDF."),
        _SHOT_IPHONE,
        _SHOT_ANDROID,
    ),
    "large": Reason(
        gettext_noop("It is larger than a file of its type may be."),
        gettext_noop("The limits stand below. Save it smaller, or in parts."),
        gettext_noop("Crop a photograph in Photos. Trim a recording in Voice Memos."),
        gettext_noop("Crop a photograph in Photos or Gallery. Trim a recording in its app."),
    ),
    "together": Reason(
        gettext_noop("The files of this entry would be larger than 200 MB together."),
        gettext_noop("Add fewer at a time, or write a second entry for the others."),
    ),
    "moved": Reason(
        gettext_noop("The draft was moved to another book while the file came."),
        gettext_noop("See whose book it is in now, and add the file again."),
    ),
    "many": Reason(
        gettext_noop("There are 12 files already."),
        gettext_noop("Write a second entry for the others."),
    ),
}


class NotTakenError(RefusedError):
    """A file is not taken, and why."""

    what = "A file was not added. Everything else is as it was."
    status = 422

    def __init__(self, reason: str, name: str = "") -> None:
        """Say which file, why, and what to do."""
        self.reason, self.name = reason, name
        self._words = REASONS[reason]
        called = f"“{name}”: " if name else ""
        super().__init__(f"{called}{self.because} {self.instead}")

    @property
    def because(self) -> str:
        """Say why, in the language of the moment."""
        return gettext(self._words.why)

    @property
    def instead(self) -> str:
        """Say what to do, on any device."""
        return gettext(self._words.do)

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Say what each kind of telephone can do, where they differ."""
        said = (
            (gettext("On an iPhone"), self._words.iphone),
            (gettext("On an Android phone"), self._words.android),
        )
        return [(phone, gettext(words)) for phone, words in said if words]
