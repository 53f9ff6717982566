"""A made-up provider, made through the product's own actions."""
