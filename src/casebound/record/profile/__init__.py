"""What is so of a child now, as the latest entries say, and how the last days were."""
