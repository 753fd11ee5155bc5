"""The demo, and whoever plays a contact: made-up months and messages, through the desk's ordinary doors."""
