"""One test for what a clause of the policy asks, as somebody who works in a home meets it."""
