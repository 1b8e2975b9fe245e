"""Keep whose words wait, who ordered an embargo, and what was signed before signatures were bound

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('has_carried', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('approved_sites', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('embargo_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('embargo_digest', sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_file_has_carried'), ['has_carried'], unique=False)
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_spelling', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withheld_by', sa.JSON(), nullable=True))
    with op.batch_alter_table('import_conflict', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('import_conflict', schema=None) as batch_op:
        batch_op.drop_column('by_id')
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_column('withheld_by')
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_column('is_spelling')
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_file_has_carried'))
        batch_op.drop_column('embargo_digest')
        batch_op.drop_column('embargo_by_id')
        batch_op.drop_column('approved_sites')
        batch_op.drop_column('has_carried')
