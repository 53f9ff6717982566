"""Proof: the whole log checked and said in plain words (P58, P64, P65)."""
