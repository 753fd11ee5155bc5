"""Changing a desk: its files read and saved as revisions, what a change would do, and secrets that no page shows."""
