"""What others say of drafts: readings, samples, false alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sample",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("inspector", sa.String(200), nullable=False),
        sa.Column("given_by", sa.String(200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sample"),
    )
    op.create_index("ix_sample_inspector", "sample", ["inspector"])
    op.create_table(
        "false_alarm",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("criterion", sa.String(200), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("tool", sa.String(200), nullable=False),
        sa.Column("case", sa.String(200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_false_alarm_case_case", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_false_alarm"),
    )
    op.create_index("ix_false_alarm_case", "false_alarm", ["case"])
    op.create_table(
        "reading",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("draft", sa.String(200), nullable=False),
        sa.Column("reader", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["draft.id"], name="fk_reading_draft_draft", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
    )
    op.create_index("ix_reading_draft", "reading", ["draft"])
    op.create_index("ix_reading_reader", "reading", ["reader"])
    op.create_table(
        "sample_draft",
        sa.Column("sample", sa.String(200), nullable=False),
        sa.Column("draft", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["draft.id"], name="fk_sample_draft_draft_draft", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sample"], ["sample.id"], name="fk_sample_draft_sample_sample", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sample", "draft", name="pk_sample_draft"),
    )
    op.create_index("ix_sample_draft_draft", "sample_draft", ["draft"])


def downgrade() -> None:
    op.drop_table("sample_draft")
    op.drop_table("reading")
    op.drop_table("false_alarm")
    op.drop_table("sample")
