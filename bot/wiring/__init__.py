"""The composition root: takes an open house and builds everything that runs in it, a part a module."""
