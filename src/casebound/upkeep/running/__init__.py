"""Making an installation, bringing its stores up to date, and serving it."""
