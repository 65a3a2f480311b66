"""Readings in rounds, with their tallies; samples with their reports, grades and concerns.

The tables of 0002 that these take the place of were never filled: no page wrote to them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME, WHEN = sa.String(200), sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("sample_draft", "sample", "reading"):
        op.drop_table(table)
    op.create_table(
        "reading",
        _id(),
        sa.Column("case", NAME, nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("reader", NAME, nullable=True),
        sa.Column("team", NAME, nullable=True),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("asked_by", NAME, nullable=False),
        sa.Column("asked", WHEN, nullable=False),
        sa.Column("filing", sa.Date(), nullable=False),
        sa.Column("signed_off", WHEN, nullable=True),
        sa.Column("withdrawn", WHEN, nullable=True),
        sa.Column("filed", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _belongs("reading", "case"),
        _belongs("reading", "team", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
    )
    _index("reading", "case", "author", "reader", "team")
    op.create_table(
        "reading_round",
        _id(),
        sa.Column("reading", NAME, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", NAME, nullable=False),
        sa.Column("sent", WHEN, nullable=False),
        sa.Column("returned", WHEN, nullable=True),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_own", sa.LargeBinary(), nullable=False),
        _belongs("reading_round", "reading"),
        _belongs("reading_round", "draft"),
        sa.PrimaryKeyConstraint("id", name="pk_reading_round"),
        sa.UniqueConstraint("reading", "number", name="uq_reading_round_reading"),
    )
    _index("reading_round", "draft")
    op.create_table(
        "tally",
        _id(),
        sa.Column("team", NAME, nullable=True),
        sa.Column("changed", WHEN, nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tally"),
    )
    _index("tally", "team", "changed")
    op.create_table(
        "sample",
        _id(),
        sa.Column("lead", NAME, nullable=False),
        sa.Column("created", WHEN, nullable=False),
        sa.Column("changed", WHEN, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_seen", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sample"),
    )
    _index("sample", "lead", "changed")
    op.create_table(
        "sample_reader",
        sa.Column("sample", NAME, nullable=False),
        sa.Column("account", NAME, nullable=False),
        _belongs("sample_reader", "sample"),
        sa.PrimaryKeyConstraint("sample", "account", name="pk_sample_reader"),
    )
    _index("sample_reader", "account")
    op.create_table(
        "sample_report",
        _id(),
        sa.Column("sample", NAME, nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=False),
        _belongs("sample_report", "sample"),
        sa.PrimaryKeyConstraint("id", name="pk_sample_report"),
    )
    _index("sample_report", "sample")
    op.create_table(
        "grading",
        _id(),
        sa.Column("sample", NAME, nullable=False),
        sa.Column("report", NAME, nullable=False),
        sa.Column("reader", NAME, nullable=False),
        sa.Column("given", WHEN, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _belongs("grading", "sample"),
        _belongs("grading", "report", "sample_report"),
        sa.PrimaryKeyConstraint("id", name="pk_grading"),
        sa.UniqueConstraint("report", "reader", name="uq_grading_report"),
    )
    _index("grading", "sample", "reader")
    op.create_table(
        "concern",
        _id(),
        sa.Column("sample", NAME, nullable=False),
        sa.Column("report", NAME, nullable=False),
        sa.Column("by", NAME, nullable=False),
        sa.Column("raised", WHEN, nullable=False),
        sa.Column("closed", WHEN, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _belongs("concern", "sample"),
        _belongs("concern", "report", "sample_report"),
        sa.PrimaryKeyConstraint("id", name="pk_concern"),
    )
    _index("concern", "sample")


def downgrade() -> None:
    for table in (
        "concern",
        "grading",
        "sample_report",
        "sample_reader",
        "sample",
        "tally",
        "reading_round",
        "reading",
    ):
        op.drop_table(table)
    op.create_table(
        "sample",
        _id(),
        sa.Column("inspector", NAME, nullable=False),
        sa.Column("given_by", NAME, nullable=False),
        sa.Column("created", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sample"),
    )
    _index("sample", "inspector")
    op.create_table(
        "reading",
        _id(),
        sa.Column("draft", NAME, nullable=False),
        sa.Column("reader", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("asked_by", NAME, nullable=False),
        sa.Column("asked", WHEN, nullable=False),
        sa.Column("closed", WHEN, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _belongs("reading", "draft"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
    )
    _index("reading", "draft", "reader")
    op.create_table(
        "sample_draft",
        sa.Column("sample", NAME, nullable=False),
        sa.Column("draft", NAME, nullable=False),
        _belongs("sample_draft", "draft"),
        _belongs("sample_draft", "sample"),
        sa.PrimaryKeyConstraint("sample", "draft", name="pk_sample_draft"),
    )
    _index("sample_draft", "draft")


def _id() -> sa.Column[str]:
    return sa.Column("id", NAME, nullable=False)


def _belongs(table: str, column: str, to: str | None = None, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    to = to or column
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
