"""What is kept of one person: seen, handed out, erased; and who looked at it."""
