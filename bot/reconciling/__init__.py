"""Daily reconciliation: what providers' lists say came in is held beside the ledger, and what is not in it is fetched.

Twilio lists its messages, a mailbox has its folders. Meta's Cloud API and Telegram have no list: what they were not
told is taken they bring again by themselves; so do mail servers that deliver by SMTP.
"""
