"""Templates as the Graph API lists them for a business account.

https://developers.facebook.com/documentation/business-messaging/whatsapp/templates: a name has a row for each
language, its texts stand in components. Variables are named as `templates` takes them.
"""

from collections.abc import Iterator

from channels.whatsapp.approvals import names_in, state_of
from channels.whatsapp.cloud.envelope import Json, mapping, mappings, text
from tickets.message import ListedTemplate

FIELDS = "name,language,status,category,components,rejected_reason"
_MEDIA = frozenset({"IMAGE", "VIDEO", "DOCUMENT"})


def template_of(row: Json) -> ListedTemplate | None:
    """Read one row; None for one without a name."""
    name, language = text(row.get("name")), text(row.get("language"))
    if not name or not language:
        return None
    components = mappings(row.get("components"))
    body = next((text(each.get("text")) for each in components if _kind(each) == "BODY"), "")
    samples = dict(_samples(components))
    reason = text(row.get("rejected_reason"))
    return ListedTemplate(
        name=name,
        language=language,
        state=state_of(text(row.get("status"))),
        title=name,
        category=text(row.get("category")).lower() or None,
        body=body,
        variables={each: samples.get(each, "") for each in _variables(components)},
        reason=reason if reason.upper() != "NONE" and reason else None,
    )


def _kind(component: Json) -> str:
    return text(component.get("type")).upper()


def _variables(components: list[Json]) -> Iterator[str]:
    for component in components:
        kind, words = _kind(component), text(component.get("text"))
        if kind == "BODY":
            yield from names_in([words])
        elif kind == "HEADER":
            form = text(component.get("format")).upper()
            if form in _MEDIA:
                yield f"header.{form.lower()}"
            elif names_in([words]):
                yield "header"
        elif kind == "BUTTONS":
            yield from _of_buttons(mappings(component.get("buttons")))


def _of_buttons(buttons: list[Json]) -> Iterator[str]:
    for index, button in enumerate(buttons):
        kind = _kind(button)
        if kind == "URL" and names_in([text(button.get("url"))]):
            yield f"button.{index}.url"
        elif kind == "COPY_CODE":
            yield f"button.{index}.copy_code"


def _samples(components: list[Json]) -> Iterator[tuple[str, str]]:
    for component in components:
        if _kind(component) != "BODY":
            continue
        example = mapping(component.get("example"))
        rows = example.get("body_text")
        first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
        yield from ((str(number), text(value)) for number, value in enumerate(first, start=1))
        for each in mappings(example.get("body_text_named_params")):
            yield text(each.get("param_name")), text(each.get("example"))
