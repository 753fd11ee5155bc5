"""Email: mails come in by our own SMTP listener or from an IMAP mailbox, and answers leave through a relay.

Both ways in end in `parse.parse_mail`, which reads a mail's bytes and must cope with whatever is in them; beside it
stands one module for each thing that mails get wrong: `charsets`, `headers`, `body`, `html_text`, `quotes`,
`automatic`, `authenticity`. `smtp_in` and `imap_in` acknowledge a mail only after it is stored. `compose` writes a mail, `send` brings
it to the relay and says what each failure means.
"""
