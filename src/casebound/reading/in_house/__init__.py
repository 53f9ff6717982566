"""Who is in the house now: children, colleagues on shift, visitors; who is out, and back when."""
