"""Drafts: what is being written, encrypted on the server, until it is signed (P12).

What happens when a worker signs, step by step:

1. `http.load_draft` opens the draft and its book, and prepares it for this request.
2. `views.sign.sign` takes the posted page; `_as_read_through` compares it with what was read.
3. `signature.signed` asks again who signs (`accounts.reauthentication.prove_again`).
4. `actions.sign_draft` asks who may (`_check_may_sign`, `_check_follows`, `_check_withdraws`)
   and what is missing (`missing.missing_from`, `catalogue.completeness.missing`).
5. `as_signed.entry_from` makes the entry, `actions.signing._new_entry` its parts for the ledger.
6. `ledger.projecting.seal_and_project` seals it (`ledger.sealing.seal`), removes the draft in the
   same transaction (`actions.signing._removals`), and brings the pages up to date (`catch_up`).
7. `signed_already.to_the_entry` leads to it.
"""
