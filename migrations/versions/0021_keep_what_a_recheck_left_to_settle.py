"""Keep what a recheck left to settle

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recheck_fault',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lacks_age', sa.Boolean(), nullable=False),
    sa.Column('sentences', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_recheck_fault_case_id_case_file')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_recheck_fault'))
    )


def downgrade() -> None:
    op.drop_table('recheck_fault')
