"""The made-up life of the demo: who lives and works there, and what they wrote. Plain Python."""
