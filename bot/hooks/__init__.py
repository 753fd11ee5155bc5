"""What programs outside are told: which events go to which webhook, what is said in one, and how it is brought there."""
