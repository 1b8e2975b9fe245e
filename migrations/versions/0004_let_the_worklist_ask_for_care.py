"""Let the worklist ask for consents to confirm and for what nobody has checked

The new columns say what the sealed content says: `flask cases reindex` fills them for cases saved before.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_verified_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('consent_due_on', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_file_consent_due_on'), ['consent_due_on'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_file_consent_due_on'))
        batch_op.drop_column('consent_due_on')
        batch_op.drop_column('last_verified_on')
