"""How what leads outside fares: accounts on the channels, and webhooks."""
