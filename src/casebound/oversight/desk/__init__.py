"""The manager's desk: what is late, unsigned or waiting (P43, P54)."""
