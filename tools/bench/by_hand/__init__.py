"""What a good team would build by hand, to measure this house beside it.

An ordinary Django model, an ordinary template, and care: a hash chain, a signature, an audit row,
rights on every page. No installation has its tables; a measure makes them in a scratch database.
"""
