"""Sealed bytes and their proofs, in plain Python: the formats of the ledger, version 1 (sr1).

Nothing here knows Django, a database or the clock. Bytes and plain values come in, bytes come out.
Source: the ledger design, section 1, which an independent checker implements from the same text.
"""
