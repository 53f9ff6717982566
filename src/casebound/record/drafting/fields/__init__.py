"""The form's own questions on the writing page: what each posts, and how each is shown."""
