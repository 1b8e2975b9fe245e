"""Find who is public in any spelling, by place, number and word

The rows are derived from what was published: `flask ledger reindex` fills them for a home that was there before.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# Bytes decide the order on both databases: a prefix is a range of bytes.
BYTEWISE = sa.String(length=100).with_variant(sa.String(length=100, collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('listing_name',
    sa.Column('docid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('ordinal', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('script', sa.String(length=8), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('forms', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('docid', 'ordinal', name=op.f('pk_listing_name'))
    )
    op.create_table('listing_key',
    sa.Column('key', BYTEWISE, nullable=False),
    sa.Column('docid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('ordinal', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('key', 'docid', 'ordinal', name=op.f('pk_listing_key')),
    sqlite_with_rowid=False
    )
    op.create_table('listing_word',
    sa.Column('word', BYTEWISE, nullable=False),
    sa.Column('docid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('field', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('word', 'docid', 'field', name=op.f('pk_listing_word')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_listing_key_docid'), 'listing_key', ['docid'], unique=False)
    op.create_index(op.f('ix_listing_word_docid'), 'listing_word', ['docid'], unique=False)


def downgrade() -> None:
    op.drop_table('listing_word')
    op.drop_table('listing_key')
    op.drop_table('listing_name')
