"""How each kind of parcel is carried out: read what it needs from the ledger, hand it to the adapter.

`people` brings to a person's own address, contact or colleague; `group` makes the agents' topics, `talk` brings into them; others (hooks,
codes) bring their acts along.
"""
