"""Templates and the two small files that come with them, and how they are filled."""
