"""Measures over the ledger, in one query layer for screen and export, and the files made of them."""
