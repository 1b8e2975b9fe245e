"""Find cases in any spelling, by place, number and work

The content of cases is sealed, so a migration can't fill these tables: `flask cases reindex` does, once, for cases
that were saved before.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

# Bytes decide the order on both databases: a prefix is a range of bytes.
BYTEWISE = sa.String(length=100).with_variant(sa.String(length=100, collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('case_name',
    sa.Column('docid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('ordinal', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('script', sa.String(length=8), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('forms', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['docid'], ['case_file.id'], name=op.f('fk_case_name_docid_case_file')),
    sa.PrimaryKeyConstraint('docid', 'ordinal', name=op.f('pk_case_name'))
    )
    op.create_table('case_key',
    sa.Column('key', BYTEWISE, nullable=False),
    sa.Column('docid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('ordinal', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['docid'], ['case_file.id'], name=op.f('fk_case_key_docid_case_file')),
    sa.PrimaryKeyConstraint('key', 'docid', 'ordinal', name=op.f('pk_case_key')),
    sqlite_with_rowid=False
    )
    op.create_table('case_word',
    sa.Column('word', BYTEWISE, nullable=False),
    sa.Column('docid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('field', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['docid'], ['case_file.id'], name=op.f('fk_case_word_docid_case_file')),
    sa.PrimaryKeyConstraint('word', 'docid', 'field', name=op.f('pk_case_word')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_case_key_docid'), 'case_key', ['docid'], unique=False)
    op.create_index(op.f('ix_case_word_docid'), 'case_word', ['docid'], unique=False)


def downgrade() -> None:
    op.drop_table('case_word')
    op.drop_table('case_key')
    op.drop_table('case_name')
