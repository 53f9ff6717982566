"""What the templates of the web room ask for: faces, marks, addresses of files."""
