"""Every act upon a ticket: one function each, `(tx, …, by, at)`, run by the writer.

Rights and the desk's rules are checked here, so that a chat command, a console form and the API are three grammars of
one act. An act that may not be raises one of `errors`, and nothing of it is written.
"""
