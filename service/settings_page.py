"""docs/settings.md, from the settings: `python -m qualitycheck.service.settings_page > docs/settings.md`."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from qualitycheck.service.settings import FILE_NAME, PREFIX, WHERE, Settings

# Where the default depends on the machine, it is said in words.
IN_WORDS = {
    "data_folder": "`~/.local/share/qualitycheck`, or what this system has for it",
    "workers": "one a processor, at most 4",
}
HEAD = f"""# Settings of the service

Every setting may come from the environment (`{PREFIX}PORT=9000`) or from a file (`port = 9000` in
`{FILE_NAME}` in the working folder, or in the file that `{WHERE}` or `qualitycheck serve --settings` names).
The environment goes before the file; in it a list has commas between, or is JSON, and a table is JSON. A wrong setting
stops the start with one sentence that names it. What checks themselves do (rules, levels, boldness) is set in
`qualitycheck.toml`, as on the command line.

| Setting | In the environment | Default | What it does |
|---|---|---|---|
"""


def text() -> str:
    return HEAD + "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        yield f"| `{name}` | `{PREFIX}{name.upper()}` | {_default(name, field)} | {field.description} |"


def _default(name: str, field: FieldInfo) -> str:
    if name in IN_WORDS:
        return IN_WORDS[name]
    value = field.get_default(call_default_factory=True)
    if hasattr(value, "get_secret_value"):
        value = value.get_secret_value()
    if value is None or value in ("", (), {}):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    print(text(), end="")
