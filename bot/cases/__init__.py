"""What follows from the history of cases: holds that end, bookings told, payments checked, procedures begun and stopped."""
