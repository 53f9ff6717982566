"""The room's screens: people and homes for the administrator, our home for its managers."""
