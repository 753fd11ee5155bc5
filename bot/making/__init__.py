"""Making the files that people ask for, in a process of its own, one after the other."""
