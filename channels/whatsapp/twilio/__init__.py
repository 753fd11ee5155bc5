"""WhatsApp over Twilio.

`adapter` is the door for the wiring; `settings` is what it needs. What Twilio posts becomes words of the desk in
`parse`; `door` holds the two routes and `signature` what makes them trustworthy. What goes out is planned in `drafts`
(with the `variables` of templates), and `reconcile` looks for a draft among Twilio's messages when the outcome is not
known. Every call to the REST API goes through `calls`, media come through `media`, and `errors` decides what a
failure means.
"""
