"""What comes next: the clocks an entry starts, and the entries that follow and end them."""
