"""Work on the catalogue as a whole: merging and splitting, what a change would do, examples that hurt, new matters.

Values in, values out. What is changed here is written into the files by `writing`, and saved elsewhere.
"""
