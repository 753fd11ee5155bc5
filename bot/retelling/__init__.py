"""A ledger told again: everything that came in, put into an empty one at its own instants, in its own order.

What providers brought, and what people and programs of the desk asked for, lies raw in `inbound`; when it took effect
is said by the history. From these alone another ledger is made, and both are compared: tickets, messages, clocks.
Nothing is sent, and the first ledger is only read.
"""
