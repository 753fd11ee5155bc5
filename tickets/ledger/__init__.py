"""How the ledger is kept: column types, the writer, the readers, the one history of events, files by content."""
