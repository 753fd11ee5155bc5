"""Papers: those of a ticket, one on sample values, and the public page that says whether one is genuine."""
