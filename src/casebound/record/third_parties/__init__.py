"""The other people in a child's book: who they are to the child, and what they agreed to (P39)."""
