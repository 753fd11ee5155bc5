"""Search as pages and programs ask for it: what was typed, what is offered meanwhile, and views that were kept of it."""
