"""What a procedure is: the office's SOP as frozen values, read from one file by `bot/desk_files/procedure_files`.

`procedure` is the whole, with its roles and steps; the other modules are what a step or an end says of one theme: `papers`,
`bookings`, `money` with its `tariff`, whose turn it is (`turn_terms`), another procedure that it `begins`.
"""
