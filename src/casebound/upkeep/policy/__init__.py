"""The policy's clauses, where each is kept, and which tests show it."""
