"""`qualitycheck version`: of the program, its rules and its models."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.checking import models_wanted, tool
from qualitycheck.configuration import load_configuration
from qualitycheck.rulebook.packs import load_rulebook


def run(options: Namespace) -> int:
    configuration = load_configuration(options.config)
    for name, version in tool(load_rulebook(configuration.packs), models_wanted(configuration.models)).items():
        print(f"{name:8}{version}")
    return 0
