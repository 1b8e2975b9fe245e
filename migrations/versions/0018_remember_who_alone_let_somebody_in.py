"""Remember who alone let somebody in, and the code that a second person hands over

Revision: 0018, after 0017.

Of the accounts that are there already the record tells who made their last link. Each is kept as let in by that one
person, until somebody vouches for who holds it; administrators are told.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

NOTICE = (
    "Accounts made before this version were let in by one person each. Until somebody vouches for who holds them, two "
    "that the same person let in do not review or publish each other's work. See People."
)


def upgrade() -> None:
    sponsor = op.create_table('account_sponsor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('sponsor_id', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('vouched_by_id', sa.Integer(), nullable=True),
    sa.Column('vouched_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_sponsor_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_sponsor'))
    )
    with op.batch_alter_table('account_sponsor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_sponsor_account_id'), ['account_id'], unique=False)
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('how', sa.String(length=12), nullable=False, server_default='invited'))
        batch_op.add_column(sa.Column('made_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('opens_alone', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('code_hash', sa.String(length=64), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('code_by_id', sa.Integer(), nullable=True))
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        for name in ('how', 'opens_alone', 'code_hash'):
            batch_op.alter_column(name, server_default=None)
    keep_who_let_them_in(sponsor)


def keep_who_let_them_in(sponsor: sa.Table) -> None:
    connection = op.get_bind()
    come = connection.scalars(sa.text("SELECT id FROM account WHERE password_hash <> '' ORDER BY id")).all()
    if not come:
        return
    links = connection.execute(sa.text(
        "SELECT subject, actor_id FROM audit_row WHERE action IN ('account.invited', 'account.factors_reset')"
        " ORDER BY number"
    ))
    makers = {subject: actor or 0 for subject, actor in links}
    at = datetime.now(UTC)
    op.bulk_insert(sponsor, [
        {'account_id': one, 'sponsor_id': makers.get(f'account:{one}', 0), 'how': 'before', 'at': at} for one in come
    ])
    notice = sa.table('account_notice', *(
        sa.column(name, kind)
        for name, kind in (
            ('account_id', sa.Integer()), ('at', sa.DateTime(timezone=True)), ('sentence', sa.String()),
            ('is_read', sa.Boolean()),
        )
    ))
    told = connection.scalars(sa.text("SELECT account_id FROM role_grant WHERE role = 'administrator'")).all()
    op.bulk_insert(notice, [
        {'account_id': one, 'at': at, 'sentence': NOTICE, 'is_read': False} for one in told
    ])


def downgrade() -> None:
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        for name in ('code_by_id', 'code_hash', 'opens_alone', 'made_by_id', 'how'):
            batch_op.drop_column(name)
    op.drop_table('account_sponsor')
