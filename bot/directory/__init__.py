"""The directory of a desk: asked in a loop of its own, compared with what contacts say, and put into words."""
