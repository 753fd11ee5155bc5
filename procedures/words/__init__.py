"""Answers, outcomes, conditions and decisions as people read and write them."""
