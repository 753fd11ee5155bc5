"""Procedures at work: the acts that move a case, and what else happens by them in the same transaction (`effects`).

`actions` begins a case, ends a step and withdraws; `handing`, `moving`, `billing` and `paying` are the other acts of people,
`sub_requests` what one case does to another. `rehearsal` plays a case through in words, with nothing kept.
"""
