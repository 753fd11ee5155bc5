"""One case of a procedure: how it stands, how it may move, and what is told of it.

`engine` says where a case goes (pure), `turns` whose turn begins and ends by that, `naming` and `rights` who may act, `standards`
until when. `rows` are what is kept of it, `history` and `step_clock` what the ledger is told, `views` what pages read. Themes that
hang on a case (papers, bookings, money) lean on this room; what moves a case with all of them is `procedures/running`.
"""
