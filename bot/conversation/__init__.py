"""The conversation with contacts: whose a message is, what the bot decides, and how it is done in one transaction."""
