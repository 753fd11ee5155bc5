"""The scorecard of a section: what its indicators reached, what that comes to, and the files that say so."""
