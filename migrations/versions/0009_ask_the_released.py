"""Keep by when somebody who is free is asked for their own word

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asks_by', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_file_asks_by'), ['asks_by'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_file_asks_by'))
        batch_op.drop_column('asks_by')
