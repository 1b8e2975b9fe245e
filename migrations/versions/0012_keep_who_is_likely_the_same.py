"""Keep which cases an import found likely the same, until somebody settles it

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('likely_pair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['first_id'], ['case_file.id'], name=op.f('fk_likely_pair_first_id_case_file')),
    sa.ForeignKeyConstraint(['second_id'], ['case_file.id'], name=op.f('fk_likely_pair_second_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_likely_pair')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_likely_pair_first_id'))
    )
    with op.batch_alter_table('likely_pair', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_likely_pair_second_id'), ['second_id'], unique=False)


def downgrade() -> None:
    op.drop_table('likely_pair')
