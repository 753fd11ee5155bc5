"""Procedures of an office, each written as one file, and the engine that runs them."""
