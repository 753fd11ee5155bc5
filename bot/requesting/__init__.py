"""A contact fills in the form of a procedure: what their words mean to it, what they are asked, what becomes of it."""
