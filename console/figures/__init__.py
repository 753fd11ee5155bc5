"""Figures of any period: statistics, procedures, broken promises, and how well the matcher does."""
