"""Reports that are kept: the archive of those that were made, the months that are closed, and what has changed since."""
