"""The second line: what a team is told of the tickets it has, in its topic, by mail and in its tracker, and what comes back.

Answers from a topic or a mailbox come in as orders (`bot.orders`); what a tracker tells comes in here.
"""
