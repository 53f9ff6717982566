"""How passwords are hashed: strong enough for a stolen copy, cheap enough for a change of shift.

Signing asks for the password, so a home hashes often. Argon2id with these parameters is above the
least that OWASP's Password Storage Cheat Sheet asks for (19 MiB, two passes, one lane), and costs
about 45 ms of a core. A hash made with other parameters is renewed at the next sign-in, by Django.
"""

import os
from threading import BoundedSemaphore
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

# More at once than there are cores only adds memory: 19 MiB each.
_AT_ONCE: Final = BoundedSemaphore(max(os.cpu_count() or 1, 1))


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id; in each process as many at once as there are cores, the others wait their turn."""

    time_cost = 4
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password."""
        with _AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Say whether a password is the one that was hashed."""
        with _AT_ONCE:
            return super().verify(password, encoded)
