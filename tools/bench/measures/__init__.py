"""What is measured, one subject a file. Each function runs in a process of its own."""
