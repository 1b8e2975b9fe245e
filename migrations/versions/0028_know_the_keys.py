"""Know the keys of a database by their fingerprints, so that other keys are told before anything is sealed

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('key_fingerprint',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('fingerprint', sa.String(length=32), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_key_fingerprint'))
    )


def downgrade() -> None:
    op.drop_table('key_fingerprint')
