"""Mark who was erased or withdrawn, so that no sheet or batch brings them back unless a person decides

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('ref', sa.String(length=24), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_mark')),
    sa.UniqueConstraint('kind', 'token', 'ref', name=op.f('uq_kept_mark_kind'))
    )
    with op.batch_alter_table('kept_mark', schema=None) as batch_op:
        batch_op.create_index('ix_kept_mark_ref_kind', ['ref', 'kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_mark_token'), ['token'], unique=False)
    op.create_table('mark_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=24), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_mark_decision_by_id_account')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_mark_decision_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark_decision')),
    sa.UniqueConstraint('case_id', 'ref', name=op.f('uq_mark_decision_case_id'))
    )
    with op.batch_alter_table('mark_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mark_decision_case_id'), ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_table('mark_decision')
    op.drop_table('kept_mark')
