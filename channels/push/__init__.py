"""Web push: what is told to the browsers of people who work here, by way of the push service of each browser's maker.

`encryption` closes a message so that no push service can read it (RFC 8291), `vapid` says by whom it comes (RFC 8292),
`send` takes it there once. Where a message may go at all is said by `channels/destinations`, as for webhooks.
"""
