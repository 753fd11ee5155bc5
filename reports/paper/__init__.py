"""Reports on paper: what stands on it as values (`blocks`), and its pages with the unit's letterhead (`press`)."""
