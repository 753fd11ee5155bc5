"""Whose turn it is in a procedure, where they are: called, reminded, heard when they answer."""
