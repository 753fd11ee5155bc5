"""One adapter a channel: parse what comes in, send what goes out, translate the provider's errors.

`contract` is the whole of what an adapter must know of the house, beside the message types of `tickets.message`.
"""
