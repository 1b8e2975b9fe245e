"""Hear the desk from afar: the pulse of each sweep, and the paths that caches outside must let go of

Revision: 0032, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ledger_pulse',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_ledger_pulse'))
    )
    op.create_table('stale_path',
    sa.Column('path', sa.String(length=700), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('path', name=op.f('pk_stale_path'))
    )


def downgrade() -> None:
    op.drop_table('stale_path')
    op.drop_table('ledger_pulse')
