"""What Alembic runs for each command: on the connection, and in the transaction, that it was given."""

from alembic import context

from qualitycheck.service.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite changes a table only by making it anew
    compare_type=True,
    transactional_ddl=False,  # the caller's transaction holds all of it
)
context.run_migrations()
