"""What this room raises. No message ever carries a word of a record, a salt or a key."""


class ProofError(ValueError):
    """Something is not what the formats of the ledger allow, or does not match what was sealed."""


class CanonicalError(ProofError):
    """A value is outside canonical JSON, or bytes are not its one spelling (1.2)."""


class SpellingError(ProofError):
    """A text form (hex, base64, number, time, name) is not the one spelling of its value."""


class ShapeError(ProofError):
    """A document has other keys or kinds of values than its format says."""


class LimitError(ProofError):
    """Something is larger, or there is more of it, than version 1 allows."""


class MismatchError(ProofError):
    """A recomputed hash, signature or decryption does not match: the thing was changed."""


class SheetError(ProofError):
    """What was typed from a recovery sheet is not what was printed on it."""


class UnsealableTextError(ProofError):
    """A text has a character that cannot be sealed (1.2).

    Attributes:
        code_point: the character's number, so that the screen can name it.
        position: counted in characters from 0, in the text as it was typed.
    """

    def __init__(self, code_point: int, position: int) -> None:
        super().__init__(f"character U+{code_point:04X} at position {position} cannot be sealed")
        self.code_point = code_point
        self.position = position
