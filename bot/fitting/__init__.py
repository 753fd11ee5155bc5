"""How the matcher of a desk learns: at once from each message whose category a person has set, and thoroughly from all.

The truth is the ledger's confirmed examples. Each process keeps its own matchers: what was confirmed since a matcher
was fitted is laid over it at once (`learning`); from time to time (`rule`) a process apart fits a new one from
everything (`apart`, `running`) and leaves it in the data folder (`keeping`), where every process finds it, after a
restart too. Whatever goes wrong with that, the matcher that is there stays.
"""
