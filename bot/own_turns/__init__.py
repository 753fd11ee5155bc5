"""A turn of the requester in a procedure: told on their channel, and ended by what they answer there."""
