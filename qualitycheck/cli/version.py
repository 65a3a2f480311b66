"""`qualitycheck version`: of the program, its rules and its models."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.checking import Checker


def run(options: Namespace) -> int:
    for name, version in Checker().tool.items():
        print(f"{name:8}{version}")
    return 0
