"""Bookings of a desk's resources: the week and the list, one of them, and the calendar to subscribe to."""
