"""Webhooks: what is told to programs outside, and what trackers of second-line teams tell us.

Both ways carry the headers of the Standard Webhooks specification (https://www.standardwebhooks.com/): `signature`
makes and checks them. `destinations` says where a hook may go at all, `send` takes it there once, and `door` is the
route by which a team's tracker answers.
"""
