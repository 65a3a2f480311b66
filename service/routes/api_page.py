"""The API's page, made from OpenAPI on the server: it needs no script, and nothing from anywhere else.

A page of our own because Swagger UI and ReDoc style their elements in line, which our content security policy forbids,
and neither passes axe-core.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qualitycheck.service.access.rules import RULES
from qualitycheck.service.access.who import Role
from qualitycheck.service.desk import AtDesk
from qualitycheck.service.pages.rendering import page
from qualitycheck.service.problems import STATUS_OF
from qualitycheck.service.settings import Settings

router = APIRouter()

REFERENCE = "#/components/schemas/"
WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
CODES = {
    "not-docx": "It is not a Word report: send .docx, .docm or .dotx.",
    "old-doc": "It is in the old .doc format: save it as .docx in Word.",
    "encrypted": "It has a password: take the password out.",
    "damaged": "The file is damaged: let Word repair it, and save it.",
    "too-large-inside": "Unpacked it is larger than is read: take out what is not the report.",
    "too-complex": "It is longer or more complicated than any report, or needs more memory than a check may use.",
    "no-text": "It holds no text: it may be a scan.",
    "timed-out": "The check took longer than it may.",
    "fault": "A fault of ours.",
}


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of value in words; `of` is the name of a schema that has its own table."""

    words: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: Type
    required: bool
    description: str
    where: str = ""  # of a parameter: query, path, header


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    description: str
    media: tuple[str, ...]
    type: Type
    headers: tuple[tuple[str, str], ...]  # name, what it says


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    title: str
    description: str
    group: str
    key: str  # who may ask
    parameters: tuple[Field, ...]
    body: str  # media type
    fields: tuple[Field, ...]  # of the body
    answers: tuple[Answer, ...]
    example: str  # for curl

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".lower().replace("/", "-").replace(".", "-")


@router.get("/api")
def api_page(request: Request, at: AtDesk) -> Response:
    openapi = request.app.openapi()
    address = at.settings.public_address or str(request.base_url).rstrip("/")
    return page(
        request,
        "api.html",
        address=address,
        operations=list(_operations(openapi, address, at.settings)),
        schemas=[(name, list(_fields(one)), _type(one)) for name, one in openapi["components"]["schemas"].items()],
        codes=[(code, status, CODES[code]) for code, status in STATUS_OF.items()],
    )


def _operations(openapi: dict[str, Any], address: str, settings: Settings) -> Iterator[Operation]:
    for path, methods in openapi["paths"].items():
        for method, told in methods.items():
            content: dict[str, dict[str, Any]] = told.get("requestBody", {}).get("content", {})
            media = next(iter(content), "")
            fields = tuple(_fields(content[media]["schema"])) if media else ()
            yield Operation(
                method=method.upper(),
                path=path,
                title=told.get("summary", path),
                description=told.get("description", ""),
                group=next(iter(told.get("tags", ())), "Other"),
                key=_key(method.upper(), path, settings),
                parameters=tuple(_parameter(one) for one in told.get("parameters", ())),
                body=media,
                fields=fields,
                answers=tuple(_answer(status, one) for status, one in sorted(told["responses"].items())),
                example=_curl(
                    method.upper(), path, address, fields, told, needs_key=_needs_key(method, path, settings)
                ),
            )


def _needs_key(method: str, path: str, settings: Settings) -> bool:
    rule = RULES[(method.upper(), path)]
    return rule.roles is not None and (settings.is_office or not rule.free_at_home)


def _key(method: str, path: str, settings: Settings) -> str:
    """Who may ask, from the table of rules."""
    rule = RULES[(method, path)]
    if rule.roles is None:
        return "Anybody; no key is needed."
    if not _needs_key(method, path, settings):
        return "Any program on this computer; no key is needed."
    whose = "an administrator" if rule.roles == {Role.ADMINISTRATOR} else "a practitioner, manager or inspector"
    return f"A key of {whose} with the scope “{rule.scope}”." if rule.scope else f"Only {whose}, signed in."


def _parameter(told: dict[str, Any]) -> Field:
    return Field(
        told["name"],
        _type(told.get("schema", {})),
        told.get("required", False),
        told.get("description", ""),
        told["in"],
    )


def _answer(status: str, told: dict[str, Any]) -> Answer:
    content: dict[str, dict[str, Any]] = told.get("content", {})
    schemas = [one.get("schema", {}) for one in content.values()]
    headers = tuple((name, one.get("description", "")) for name, one in told.get("headers", {}).items())
    description = "Done" if status == "200" else told.get("description", "")  # FastAPI says "Successful Response"
    return Answer(status, description, tuple(content), _type(schemas[0]) if schemas else Type(""), headers)


def _fields(schema: dict[str, Any]) -> Iterator[Field]:
    required = schema.get("required", ())
    for name, told in schema.get("properties", {}).items():
        yield Field(name, _type(told), name in required, told.get("description", ""))


def _type(schema: dict[str, Any]) -> Type:
    """In words: "list of text", "one of auto, section7"; with the schema's name where it has a table."""
    if reference := schema.get("$ref"):
        name = reference.removeprefix(REFERENCE)
        return Type(name, name)
    if values := schema.get("enum"):
        return Type("one of " + ", ".join(map(str, values)))
    if "const" in schema:
        return Type(f"always {schema['const']}")
    if choices := schema.get("anyOf"):
        kinds = [_type(choice) for choice in choices]
        return Type(" or ".join(kind.words for kind in kinds), next((kind.of for kind in kinds if kind.of), ""))
    if schema.get("type") == "array":
        item = _type(schema.get("items", {}))
        return Type(f"list of {item.words}", item.of)
    if schema.get("format") == "binary":
        return Type("file")
    return Type(WORDS.get(schema.get("type", ""), "object" if schema else ""))


def _curl(
    method: str, path: str, address: str, fields: tuple[Field, ...], told: dict[str, Any], *, needs_key: bool
) -> str:
    """A line for a terminal that does it."""
    parts = ["curl --fail-with-body"]
    if needs_key:
        parts.append('--header "Authorization: Bearer $QUALITYCHECK_KEY"')
    parts += [f"--form {field.name}=@draft.docx" for field in fields if field.type.words == "file"]
    good = {media for status, one in told["responses"].items() if status == "200" for media in one.get("content", {})}
    if any("wordprocessingml" in media for media in good):
        parts.append("--output draft-checked.docx")
    if method not in ("GET", "POST"):
        parts.append(f"--request {method}")
    return " \\\n  ".join([*parts, f"{address}{path}"])
