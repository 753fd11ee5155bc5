"""The command line `tanggap`: one module a theme, put together in `main`.

A command parses its arguments, calls one function and prints the outcome. Exit 0: done; 1: failed, with one clear line
on stderr; 2: wrong arguments.
"""
