"""Reports that somebody hands on: those of a month, the self-evaluation of a year, the scorecard of a section; and exports."""
