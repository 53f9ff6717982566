"""The screens: the guide and its search."""
