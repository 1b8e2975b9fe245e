"""Follow the register after a restore: a ledger's id, lines that are owed, accounts that wait, what a stop asks for

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ledger_identity',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('ledger_id', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_shut', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_ledger_identity'))
    )
    op.create_table('unregistered_row',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['number'], ['audit_row.number'], name=op.f('fk_unregistered_row_number_audit_row')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_unregistered_row'))
    )
    op.create_table('unconfirmed_account',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lacks_factors', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_unconfirmed_account_account_id_account'),
                            ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_unconfirmed_account'))
    )
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asks_anew', sa.String(length=40), nullable=False, server_default=''))
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.alter_column('asks_anew', existing_type=sa.String(length=40), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.drop_column('asks_anew')
    op.drop_table('unconfirmed_account')
    op.drop_table('unregistered_row')
    op.drop_table('ledger_identity')
