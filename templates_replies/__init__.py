"""What the desk says and how it recognises what it is asked.

The catalogue (categories, reply templates), the matcher and its gate, rendering, and the bot's own sentences in
Indonesian and English. Values in, values out: no tables, no clock, no network. Leans on nothing of ours.
"""
