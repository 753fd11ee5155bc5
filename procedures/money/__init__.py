"""What a procedure asks money for: a tariff, invoices made of it, payments that are handed in and checked.

Money is whole rupiah, in integers. `tariff` and `terms` are values, `reckoning` makes items of answers; all of that is pure.
`invoices` are the rows, `billing` and `paying` the acts upon them, `views` what pages read.
"""
