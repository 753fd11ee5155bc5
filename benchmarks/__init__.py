"""Repeatable measures of the hot paths, each beside the bare engine in the same run. `make bench` runs them all."""
