"""Webhooks: what is told to programs outside.

They carry the headers of the Standard Webhooks specification (https://www.standardwebhooks.com/), which `signature`
makes and checks. `destinations` says where a hook may go at all, and `send` takes it there once.
"""
