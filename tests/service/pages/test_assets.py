"""The committed style sheet and script: from the pinned package, and nothing of the Crown's in them."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

from qualitycheck.service.pages.rendering import STATIC, environment, static

PAGES = STATIC.parent
ASSETS = PAGES / "assets"


def sums() -> dict[str, str]:
    lines = (STATIC / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_the_files_are_those_that_were_made() -> None:
    made = sums()
    assert {"app.css"} < set(made)
    for name, digest in made.items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest, name


def test_the_package_is_the_one_that_the_macros_render() -> None:
    pinned = json.loads((ASSETS / "package.json").read_text())["devDependencies"]["govuk-frontend"]
    locked = json.loads((ASSETS / "package-lock.json").read_text())["packages"]["node_modules/govuk-frontend"]
    badge = re.search(r"GOV\.UK%20Frontend-v([\d.]+)-", metadata("govuk-frontend-jinja").as_string())
    assert badge
    assert pinned == locked["version"] == badge[1]
    assert f"govuk-frontend-{pinned}.min.js" in sums()
    assert f"govuk-frontend-{pinned}.min.js" in (STATIC / "app.js").read_text()


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_nothing_of_the_crown_and_nothing_from_outside(path: Path) -> None:
    text = path.read_text().lower()
    for word in ("@font-face", "gds transport", "crown", "crest", ".woff", "sourcemappingurl"):
        assert word not in text
    fetched = re.findall(r"""(?:url\(|import\(?|from)\s*["']?(https?:|//)""", text)
    assert not fetched


def test_the_type_is_arial() -> None:
    assert "arial,sans-serif" in (STATIC / "app.css").read_text().replace(", ", ",")


def test_an_address_changes_with_its_file() -> None:
    digest = hashlib.sha256((STATIC / "app.js").read_bytes()).hexdigest()
    assert static("app.js") == f"/static/app.js?v={digest[:12]}"


def test_no_template_has_a_style_or_a_script_of_its_own() -> None:
    """The content security policy would not let it through."""
    templates = sorted((PAGES / "templates").rglob("*.html"))
    assert len(templates) > 20
    for template in templates:
        text = template.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text), template.name
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script, template.name


def test_every_page_compiles_and_has_a_title_and_content() -> None:
    pages = environment().list_templates(filter_func=lambda name: "/" not in name)
    assert len(pages) > 20
    built_on = {name: _built_on(name) for name in pages}
    for name in set(pages) - set(built_on.values()):
        filled: set[str] = set()
        at: str | None = name
        while at is not None and at != "base.html":
            filled |= environment().get_template(at).blocks.keys()
            at = built_on[at]
        assert at == "base.html", name
        assert {"title", "content"} <= filled, name


def _built_on(name: str) -> str | None:
    found = re.search(r'{% extends "([^"]+)" %}', (PAGES / "templates" / name).read_text())
    return found[1] if found else None
