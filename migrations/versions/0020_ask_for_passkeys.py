"""Keep passkeys, printed sheets, codes for commands, and which session is for an emergency alone

Revision: 0020, after 0019.

Who is here already has had no passkey until now: the two weeks after which one is asked for begin today.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('command_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.String(length=40), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_command_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_command_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_command_code_code_hash'))
    )
    with op.batch_alter_table('command_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_command_code_account_id'), ['account_id'], unique=False)

    op.create_table('passkey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('host', sa.String(length=253), nullable=False),
    sa.Column('credential_id', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_passkey_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id'))
    )
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkey_account_id'), ['account_id'], unique=False)

    op.create_table('passkey_challenge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_passkey_challenge_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey_challenge')),
    sa.UniqueConstraint('digest', name=op.f('uq_passkey_challenge_digest'))
    )
    with op.batch_alter_table('passkey_challenge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkey_challenge_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_passkey_challenge_until'), ['until'], unique=False)

    op.create_table('sheet_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sheet_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_sheet_code_code_hash'))
    )
    with op.batch_alter_table('sheet_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_code_account_id'), ['account_id'], unique=False)

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('factors_since', sa.DateTime(timezone=True), nullable=True))
    account = sa.table('account', sa.column('totp_sealed', sa.LargeBinary()), sa.column('factors_since', sa.DateTime(timezone=True)))
    op.execute(account.update().where(account.c.totp_sealed.is_not(None)).values(factors_since=datetime.now(UTC)))

    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_emergency', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.alter_column('is_emergency', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.drop_column('is_emergency')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_column('factors_since')

    with op.batch_alter_table('sheet_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_code_account_id'))

    op.drop_table('sheet_code')
    with op.batch_alter_table('passkey_challenge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkey_challenge_until'))
        batch_op.drop_index(batch_op.f('ix_passkey_challenge_account_id'))

    op.drop_table('passkey_challenge')
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkey_account_id'))

    op.drop_table('passkey')
    with op.batch_alter_table('command_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_command_code_account_id'))

    op.drop_table('command_code')