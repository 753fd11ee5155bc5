"""What a procedure asks money for: a tariff, invoices made of it, payments that are handed in and checked.

Money is whole rupiah, in integers. `reckoning` makes items of a tariff and of answers (pure), `invoicing` invoices as a case moves, `printed` their papers.
`invoices` are the rows, `views` what pages read; the acts of people upon them are `procedures.running.billing` and `paying`.
"""
