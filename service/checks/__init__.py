"""A check as the pages show it, and where it is while they do."""
