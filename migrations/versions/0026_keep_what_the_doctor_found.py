"""Keep what each check of the doctor found last, so that readiness and desk can tell

Revision: 0026, after 0023.
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('doctor_result',
    sa.Column('check', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('diagnoses', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('check', name=op.f('pk_doctor_result'))
    )


def downgrade() -> None:
    op.drop_table('doctor_result')
