"""The conversation and the roof: what happens when a message arrives, and how the whole house is put together."""
