"""Invoices: one with its acts, and all that somebody's desks have asked money for."""
