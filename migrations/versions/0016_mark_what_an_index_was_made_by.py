"""Mark what an index was made by, so that one that is out of date is made anew

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('index_mark',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_index_mark'))
    )


def downgrade() -> None:
    op.drop_table('index_mark')
