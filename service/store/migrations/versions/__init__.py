"""Each step, in the order of its number; Alembic finds them by their files."""
