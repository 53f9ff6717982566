"""What a reader of files raises, inside the process of its own."""


class NotReadError(Exception):
    """The file is not what it says; `args[0]` is a key of `not_taken.REASONS`."""
