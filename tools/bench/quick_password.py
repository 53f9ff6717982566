"""A password check that takes no time, so that signing can be measured apart from it.

Proving again who one is takes a twentieth of a second on purpose; it would be all one saw.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickPasswordHasher(PBKDF2PasswordHasher):
    """Worth nothing, which in a scratch installation is just right."""

    algorithm = "quick"
    iterations = 1
