"""What the home writes by: the recording forms, and what makes an entry complete."""
