"""Bookings: rooms, studios, cameras, vehicles and people, held for a case or by hand, and never twice."""
