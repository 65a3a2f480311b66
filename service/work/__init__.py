"""Worker processes that check reports: one that dies or hangs takes nobody with it."""
