"""The stores as databases: where PostgreSQL is, and what to say when a store cannot be used."""
