"""`procedures/*.yaml`: each file one procedure, read against what the desk has and checked for being workable."""

from bot.desk_files.procedure_files.procedure import read_procedures

__all__ = ["read_procedures"]
