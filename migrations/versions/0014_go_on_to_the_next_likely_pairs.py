"""Go on to the next likely pairs without sorting all of them

Revision: 0014, after 0013.
"""

from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('likely_pair', schema=None) as batch_op:
        batch_op.create_index('ix_likely_pair_score_id', ['score', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('likely_pair', schema=None) as batch_op:
        batch_op.drop_index('ix_likely_pair_score_id')
