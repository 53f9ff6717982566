"""Digests of data files: of what a file says, not of how it is laid out."""

import json
from hashlib import sha256


def digest_of(data: object) -> str:
    """Return a digest of what a data file says: tables, lists, texts, numbers and dates.

    Comments, blank lines and the order of keys do not count.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()[:32]
