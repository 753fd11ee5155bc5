"""The acts that a ticket's page offers as forms, a module a theme."""

from console.ticket.acts import (
    amending,
    belonging,
    files,
    handling,
    identity,
    out_of_sight,
    outgoing,
    promises,
    second_line,
    supervising,
    surveys,
    tagging,
    urgency,
    windows,
)
from console.ticket.acts.upon import Acts, Upon

__all__ = ["ACTS", "Upon"]

ACTS: Acts = {
    **amending.ACTS,
    **handling.ACTS,
    **promises.ACTS,
    **supervising.ACTS,
    **urgency.ACTS,
    **identity.ACTS,
    **out_of_sight.ACTS,
    **surveys.ACTS,
    **belonging.ACTS,
    **outgoing.ACTS,
    **tagging.ACTS,
    **second_line.ACTS,
    **windows.ACTS,
    **files.ACTS,
}
