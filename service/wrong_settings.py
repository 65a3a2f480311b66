"""What is wrong with a setting, in one sentence of ours."""

from __future__ import annotations

from annotated_types import Ge, Gt, Le
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

_NUMBER = ("int_", "float_", "greater_than", "less_than", "finite_number")
_PLAIN = {"bool": "must be true or false", "string": "must be text", "path": "must be a path, as text"}


def sentence(error: ValidationError, fields: dict[str, FieldInfo]) -> str:
    """The first mistake, named by its setting; never what was given, which may be a secret."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"there is no setting {name!r} of the service: docs/settings.md lists them"
    if not name:
        return _said(first)
    return f"setting {name}: {_what(first, fields[str(first['loc'][0])])}"


def _what(error: ErrorDetails, field: FieldInfo) -> str:
    kind = error["type"]
    if kind.startswith(_NUMBER):
        return f"must be a {'whole ' if field.annotation is int else ''}number{_range(field)}"
    if kind in ("literal_error", "enum"):
        return f"must be {error['ctx']['expected']}"
    return _PLAIN.get(kind.partition("_")[0], _said(error))


def _said(error: ErrorDetails) -> str:
    return error["msg"].removeprefix("Value error, ")


def _range(field: FieldInfo) -> str:
    least = next((limit.ge for limit in field.metadata if isinstance(limit, Ge)), None)
    above = next((limit.gt for limit in field.metadata if isinstance(limit, Gt)), None)
    most = next((limit.le for limit in field.metadata if isinstance(limit, Le)), None)
    if above is not None:
        return f" above {above}" + ("" if most is None else f", and {most} at most")
    if least is None:
        return ""
    return f" of {least} or more" if most is None else f" from {least} to {most}"
