"""What takes seconds, reckoned in processes apart: a changed catalogue's effect, papers, and papers on sample values."""
