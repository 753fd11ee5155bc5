"""The web: pages for agents and supervisors, the JSON API, accounts and sessions. It alone knows HTTP statuses."""
