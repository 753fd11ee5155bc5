"""Papers that a procedure makes: letters, dispositions, invoices, receipts, minutes.

`procedures.definition.papers` says what a paper of a procedure is, `actions` what is done to those of a case, inside the writer's
transaction: `make`, `sign`, `take_in`, `send`, `void`. A paper's values are frozen when it is made and when it is
signed; its file is typeset from them later, outside the writer, by whoever calls `typesetting.typeset`. Other themes
make papers through `actions.make`, and hand in what only they know as `more` (see `values`).
"""
