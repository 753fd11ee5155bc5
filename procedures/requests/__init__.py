"""Requests: the form of a procedure while its contact fills it in, by chat, on a page or in a mail, until it is sent."""
