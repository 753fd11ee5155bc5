"""What people are told on their own devices: of which events, whom, in which words, and how it is brought there."""
