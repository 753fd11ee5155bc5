"""The directory of the institution, in which the identity of a contact is looked up: a file, LDAP, or a JSON endpoint."""
