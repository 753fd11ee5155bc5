"""The web: pages for agents and supervisors, the JSON API, accounts and sessions.

A handler says who asks, calls one act or one view of the ledger, and shows the result. This room alone knows HTTP
statuses of the desk's errors.
"""
