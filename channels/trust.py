"""Whose certificates a server may show: those of the authorities that everybody trusts, or of SSL_CERT_FILE."""

import ssl
from functools import cache

import httpx


@cache
def publicly_trusted() -> ssl.SSLContext:
    """Return the one context of this process: reading a hundred authorities anew for each client costs 50 ms."""
    return httpx.create_ssl_context()
