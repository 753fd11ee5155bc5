"""The agents' groups in Telegram: which is a ticket's, what goes into its topic, and what becomes of the group itself."""
