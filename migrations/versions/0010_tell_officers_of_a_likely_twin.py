"""Tell safety officers once of a likely twin of a restricted case

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('twin_alert',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('restricted_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_twin_alert_case_id_case_file')),
    sa.ForeignKeyConstraint(['restricted_id'], ['case_file.id'], name=op.f('fk_twin_alert_restricted_id_case_file')),
    sa.PrimaryKeyConstraint('case_id', 'restricted_id', name=op.f('pk_twin_alert'))
    )
    with op.batch_alter_table('twin_alert', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_twin_alert_restricted_id'), ['restricted_id'], unique=False)


def downgrade() -> None:
    op.drop_table('twin_alert')
