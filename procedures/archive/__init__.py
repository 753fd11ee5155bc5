"""Cases that are over, filed under the name of their activity, with everything that belongs to them.

`naming` says what a case and its files are called (pure), `filing` writes a case down when it ends, `gathering` reads what belongs
to one, `contents` is the page that says who did what when, `packing` makes one ZIP of it, in constant memory.
"""
