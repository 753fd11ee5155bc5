"""Why a house cannot be opened."""


class HouseError(Exception):
    """The house cannot be opened; the sentence says why."""


class AlreadyServingError(HouseError):
    """Another process serves from this database."""


class FormEditedError(HouseError):
    """A form has edited the desk since its files were imported."""
