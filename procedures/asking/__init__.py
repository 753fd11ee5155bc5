"""What a form asks, and what a typed answer means: questions and when they are asked, dates, times and stretches of time."""
