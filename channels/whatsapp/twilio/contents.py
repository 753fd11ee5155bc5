"""Templates as Twilio's Content API lists them with their approvals.

https://www.twilio.com/docs/content/content-api-resources: a content has texts in one language under one or several
types (`twilio/text`, `twilio/quick-reply` …), samples of its variables, and what WhatsApp said to it.
"""

from collections.abc import Iterator, Mapping

from channels.whatsapp.approvals import names_in, state_of
from tickets.message import ListedTemplate


def template_of(
    *, sid: str, title: str, language: str, variables: object, types: object, approval: object
) -> ListedTemplate:
    """Read one content. Never raises: what is not there is empty."""
    approved = approval if isinstance(approval, Mapping) else {}
    texts = list(_texts(types))
    samples = variables if isinstance(variables, Mapping) else {}
    names = names_in(texts) or tuple(str(name) for name in samples)
    return ListedTemplate(
        name=sid,
        language=language,
        state=state_of(str(approved.get("status") or "")),
        title=str(approved.get("name") or title),
        category=str(approved.get("category") or "").lower() or None,
        body=_body(types),
        variables={name: str(samples.get(name) or "") for name in names},
        reason=str(approved.get("rejection_reason") or "") or None,
    )


def _body(types: object) -> str:
    of_types = types.values() if isinstance(types, Mapping) else ()
    bodies = (each.get("body") for each in of_types if isinstance(each, Mapping))
    return next((body for body in bodies if isinstance(body, str)), "")


def _texts(value: object) -> Iterator[str]:
    """Yield every text in it, however deep: variables may stand in a button, too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
