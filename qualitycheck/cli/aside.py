"""`qualitycheck aside`: set a finding aside, with a reason."""

from __future__ import annotations

from argparse import Namespace

from qualitycheck.aside import FILE_NAME, SetAside
from qualitycheck.cli.files import one_input
from qualitycheck.errors import BadSetting


def run(options: Namespace) -> int:
    source = one_input(options.path)
    if source.path is None or not source.path.is_file():
        raise BadSetting(f"{options.path} is not there: give the report whose finding is set aside")
    aside = SetAside.beside(source.folder)
    if options.fingerprint is None:
        for fingerprint, reason in sorted(aside.reasons.items()):
            print(f"{fingerprint}  {reason}")
        return 0
    if options.undo:
        aside.without(options.fingerprint).write(source.folder)
        print(f"{options.fingerprint} is taken up again")
    else:
        aside.with_one(options.fingerprint, options.reason or "").write(source.folder)
        print(f"{options.fingerprint} is set aside in {source.folder / FILE_NAME}")
    return 0
