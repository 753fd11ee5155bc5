"""Accounts on the channels: which adapter serves which, also where there is no provider yet, and the installation's own secrets."""
