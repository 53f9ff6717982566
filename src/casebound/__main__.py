"""`python -m casebound`."""

from casebound.command import main

main()
