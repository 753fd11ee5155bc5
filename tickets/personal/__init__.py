"""What is kept of a person in the ledger: whose it is, and how it is erased."""
