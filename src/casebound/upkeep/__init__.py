"""Keeping an installation well: the demo, measures, the policy table."""
