"""Whether an approved template can be sent: a pure rule over what its provider lists."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from tickets.message import ListedTemplate, TemplateState


class Purpose(StrEnum):
    """What the house says by itself where free text may not be sent."""

    REOPEN = "reopen"  # an answer is there: please write
    CLOSING = "closing"
    SURVEY = "survey"
    NOTICE = "notice"  # anything else about a ticket
    ALERT = "alert"  # to people of the desk


class Fault(StrEnum):
    """Why a template is not sent."""

    UNNAMED = "unnamed"  # the desk names none for this
    MISSING = "missing"  # the provider has none of that name
    PENDING = "pending"
    REJECTED = "rejected"
    PAUSED = "paused"
    DISABLED = "disabled"
    VARIABLES = "variables"  # others than the provider's
    VALUES = "values"  # one of them is not known of this contact or ticket


_OF_STATE = {
    TemplateState.PENDING: Fault.PENDING,
    TemplateState.REJECTED: Fault.REJECTED,
    TemplateState.PAUSED: Fault.PAUSED,
    TemplateState.DISABLED: Fault.DISABLED,
}


def fits(listed: Sequence[ListedTemplate], name: str, language: str) -> ListedTemplate | None:
    """Return the template of this name in the language, else in another one; an approved one before others."""
    named = [each for each in listed if each.name == name]
    return min(
        named,
        key=lambda each: (
            each.state is not TemplateState.APPROVED,
            each.language.partition("_")[0].lower() != language,
        ),
        default=None,
    )


def fault_of(
    template: ListedTemplate | None, variables: Collection[str], *, whole: bool = True
) -> Fault | None:
    """Return why a template is not to be sent with variables of these names; None if it can be.

    Where the list is not `whole`, for it was never had, only what the provider told of a template counts.
    """
    if template is None:
        return Fault.MISSING if whole else None
    if template.state is not TemplateState.APPROVED:
        return _OF_STATE[template.state]
    return Fault.VARIABLES if whole and set(variables) != set(template.variables) else None


def pick(
    listed: Sequence[ListedTemplate],
    names: Sequence[str],
    language: str,
    variables: Collection[str],
    *,
    whole: bool = True,
) -> tuple[str, ListedTemplate | None, Fault | None]:
    """Return the first of these names that can be sent; else the first of all, and why it cannot."""
    found = [(name, fits(listed, name, language)) for name in names]
    judged = [(name, template, fault_of(template, variables, whole=whole)) for name, template in found]
    return next((each for each in judged if each[2] is None), judged[0])


def filled(body: str, variables: Mapping[str, str]) -> str:
    """Return the words that the contact reads: `{{1}}` filled in."""
    for name, value in variables.items():
        body = body.replace(f"{{{{{name}}}}}", value)
    return body
