"""The supervisors' board: what is to be looked after, and how the desk stands."""
