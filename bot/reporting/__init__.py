"""What is told to people of the desk at its time: the report of a month, the digest of a day, findings to be called to mind."""
