"""Let a guest review a case for two days where nobody else is left

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('guest_reviewer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed_by_id', sa.Integer(), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_guest_reviewer_account_id_account')),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['account.id'], name=op.f('fk_guest_reviewer_agreed_by_id_account')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_guest_reviewer_asked_by_id_account')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_guest_reviewer_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_reviewer'))
    )
    with op.batch_alter_table('guest_reviewer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guest_reviewer_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_reviewer_case_id'), ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_table('guest_reviewer')
