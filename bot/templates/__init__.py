"""Approved templates of WhatsApp: which one says it, whether it can be sent, and the providers' lists kept fresh."""
