"""What opens books to somebody takes two people: one asks, a second agrees (P13, P63)."""
