"""The web chat: a plain page that works without JavaScript, live with it, and a widget for other sites.

The page shows what the ledger holds; so whatever is to be sent to a visitor is delivered as soon as it is stored.
"""
