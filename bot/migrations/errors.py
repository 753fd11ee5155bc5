"""What a schema may be that cannot be moved on."""


class UnknownSchemaError(Exception):
    """The database has a schema that this version does not know."""
