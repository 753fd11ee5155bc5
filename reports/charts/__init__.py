"""Figures as drawings: where things stand (`layout`, which pages paint by themselves too), and whole pictures (`drawings`)."""
