"""The screens: one address a file, or one family of addresses."""
