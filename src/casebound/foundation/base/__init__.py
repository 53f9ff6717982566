"""Plain Python that every room may lean on: identities, refusals, times, the installation."""
