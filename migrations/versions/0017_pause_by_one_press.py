"""Note of a pause what it is taken back by, and of an account since when it can only pause

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('hold') as batch:
        batch.add_column(sa.Column('pause_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('case_version', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('took_down', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('hold') as batch:
        batch.alter_column('took_down', server_default=None)
    op.add_column('account', sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('account', 'suspended_at')
    with op.batch_alter_table('hold') as batch:
        batch.drop_column('took_down')
        batch.drop_column('case_version')
        batch.drop_column('pause_id')
