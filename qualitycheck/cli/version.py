"""`qualitycheck version`: of the program, its rules and its models."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.checking import tool
from qualitycheck.rulebook.packs import load_rulebook


def run(options: Namespace) -> int:
    for name, version in tool(load_rulebook()).items():
        print(f"{name:8}{version}")
    return 0
