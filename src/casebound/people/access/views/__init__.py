"""The room's screens: the people who sign in, for the system administrator."""
