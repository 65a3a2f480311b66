"""People; cases with their drafts and decisions; the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("user_name", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("issuer", sa.String(200), nullable=True),
        sa.Column("subject", sa.String(200), nullable=True),
        sa.Column("password", sa.String(200), nullable=True),
        sa.Column("invitation", sa.String(200), nullable=True),
        sa.Column("invited_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_signed_in", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("issuer", "subject", name="uq_account_issuer"),
        sa.UniqueConstraint("user_name", name="uq_account_user_name"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(200), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("action", sa.String(200), nullable=False),
        sa.Column("thing", sa.String(200), nullable=False),
        sa.Column("request", sa.String(200), nullable=False),
        sa.Column("previous", sa.String(200), nullable=False),
        sa.Column("hash", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
    )
    op.create_table(
        "account_role",
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_account_role_account_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", "role", name="pk_account_role"),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("scopes", sa.String(200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_api_key_account_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
    )
    op.create_index("ix_api_key_account", "api_key", ["account"])
    op.create_table(
        "case",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("team", sa.String(200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name="fk_case_team_team", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
    )
    op.create_index("ix_case_changed", "case", ["changed"])
    op.create_index("ix_case_owner", "case", ["owner"])
    op.create_index("ix_case_team", "case", ["team"])
    op.create_table(
        "membership",
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("team", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_membership_account_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team"], ["team.id"], name="fk_membership_team_team", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "team", name="pk_membership"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("token", sa.String(200), nullable=False),
        sa.Column("form_token", sa.String(200), nullable=False),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_session_account_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token", name="uq_session_token"),
    )
    op.create_index("ix_session_account", "session", ["account"])
    op.create_table(
        "decision",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("case", sa.String(200), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_decision_case_case", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_case", "decision", ["case"])
    op.create_table(
        "draft",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("case", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("type", sa.String(200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_draft_case_case", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("case", "number", name="uq_draft_case"),
    )
    op.create_index("ix_draft_author", "draft", ["author"])
    op.create_index("ix_draft_case", "draft", ["case"])


def downgrade() -> None:
    op.drop_table("draft")
    op.drop_table("decision")
    op.drop_table("session")
    op.drop_table("membership")
    op.drop_table("case")
    op.drop_table("api_key")
    op.drop_table("account_role")
    op.drop_table("team")
    op.drop_table("audit")
    op.drop_table("account")
