"""Proof: check the whole log and show the result in plain words (P58, P64, P65)."""
