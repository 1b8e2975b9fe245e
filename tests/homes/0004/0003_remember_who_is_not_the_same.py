"""Remember that two cases are two people, so that nobody is asked twice

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_the_same",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_not_the_same_by_id_account")),
        sa.ForeignKeyConstraint(["first_id"], ["case_file.id"], name=op.f("fk_not_the_same_first_id_case_file")),
        sa.ForeignKeyConstraint(["second_id"], ["case_file.id"], name=op.f("fk_not_the_same_second_id_case_file")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_not_the_same")),
    )
    with op.batch_alter_table("not_the_same", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_the_same_second_id"), ["second_id"], unique=False)


def downgrade() -> None:
    op.drop_table("not_the_same")
