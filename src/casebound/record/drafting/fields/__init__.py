"""The form's own questions on the writing page: how each is posted and shown."""
