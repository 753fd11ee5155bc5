"""What leaves: the workers of the outbox and of the groups, and accounts that their provider turns away."""
