"""What contacts say of the service, as reports: satisfaction over the months, the index of public services, and its poster."""
