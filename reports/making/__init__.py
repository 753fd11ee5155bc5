"""Files that take long: asked for by somebody, made aside one after the other, and handed out for a day."""
