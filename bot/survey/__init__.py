"""The surveys as part of the conversation: asking, understanding answers, telling supervisors, inviting."""
