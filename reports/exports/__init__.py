"""Exports: the tickets of any days, and the records under them, by filter, of any number, streamed into one file."""
