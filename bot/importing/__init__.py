"""Importing the history of the desk that was used before: any CSV file, told apart by a mapping file."""
