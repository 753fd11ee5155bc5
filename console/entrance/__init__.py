"""The entrance: the page at the door, logging in and out, and the link with which an account begins."""
