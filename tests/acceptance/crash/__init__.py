"""The service is killed again and again while every provider brings messages; nothing that it took may be lost.

`kept` is what the writers wrote down, `besieged` the service with everybody around it, `dying` what its processes do
differently from ordinary ones, `siege` one round, `found` what is in the ledger afterwards, and `verdicts` hold the one
against the other. `python -m tests.acceptance.crash` plays as many rounds as are wanted: `make crash`.
"""
