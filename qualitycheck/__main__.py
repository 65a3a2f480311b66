"""`python -m qualitycheck`: the command line where no script is on the path."""

import sys

from qualitycheck.cli import main

if __name__ == "__main__":  # a process started on Windows imports this file again
    sys.exit(main())
