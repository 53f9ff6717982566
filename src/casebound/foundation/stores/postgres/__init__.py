"""PostgreSQL through Django's own backend: stale connections are noticed, and no request hangs."""
