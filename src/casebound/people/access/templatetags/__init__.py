"""What templates of every room ask about rights."""
