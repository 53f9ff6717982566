"""What knows nothing of homes."""
