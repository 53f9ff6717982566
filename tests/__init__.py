"""House tests, and what all tests stand on: stores, processes, a browser."""
