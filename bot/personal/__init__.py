"""What the whole house keeps of a person: handed out to them, erased, and deleted when it was kept for long enough."""
