"""What a contact does on pages that need no log-in: the form of a procedure, and a turn of theirs in a case."""
