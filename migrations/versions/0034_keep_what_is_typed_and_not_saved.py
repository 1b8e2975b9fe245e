"""Keep what is typed and not saved, and who has a case open

Revision: 0034, after 0030.
"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('unsaved',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('page', sa.String(length=200), nullable=False),
    sa.Column('tab', sa.String(length=16), nullable=False),
    sa.Column('target', sa.String(length=200), nullable=False),
    sa.Column('typed', sa.LargeBinary(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_rescued', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_unsaved_account_id_account')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_unsaved_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsaved')),
    sa.UniqueConstraint('account_id', 'page', 'tab', name='uq_unsaved_form')
    )
    op.create_index(op.f('ix_unsaved_case_id'), 'unsaved', ['case_id'], unique=False)
    op.create_index(op.f('ix_unsaved_saved_at'), 'unsaved', ['saved_at'], unique=False)
    op.create_table('open_case',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_open_case_account_id_account')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_open_case_case_id_case_file')),
    sa.PrimaryKeyConstraint('case_id', 'account_id', name=op.f('pk_open_case'))
    )


def downgrade() -> None:
    op.drop_table('open_case')
    op.drop_table('unsaved')
