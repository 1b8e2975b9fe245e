"""Give homes that were made with the first text of 0003 the table that it makes since

0003 was changed after it had landed: its first text made `not_the_same` without a number of its own, keyed by the
pair. Only such a table is made anew, with its rows; any other home is left as it is.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    columns = {column['name'] for column in sa.inspect(connection).get_columns('not_the_same')}
    if 'id' in columns:
        return
    # Few: each is a decision that somebody took. Untyped, so that moments and sealed reasons pass as they are stored.
    rows = connection.execute(sa.text(
        'SELECT first_id, second_id, by_id, at, reason FROM not_the_same ORDER BY at, first_id, second_id'
    )).mappings().all()
    op.drop_table('not_the_same')
    op.create_table('not_the_same',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_not_the_same_by_id_account')),
    sa.ForeignKeyConstraint(['first_id'], ['case_file.id'], name=op.f('fk_not_the_same_first_id_case_file')),
    sa.ForeignKeyConstraint(['second_id'], ['case_file.id'], name=op.f('fk_not_the_same_second_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_not_the_same')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_not_the_same_first_id'))
    )
    op.create_index(op.f('ix_not_the_same_second_id'), 'not_the_same', ['second_id'], unique=False)
    if rows:
        connection.execute(sa.text(
            'INSERT INTO not_the_same (first_id, second_id, by_id, at, reason)'
            ' VALUES (:first_id, :second_id, :by_id, :at, :reason)'
        ), [dict(row) for row in rows])


def downgrade() -> None:
    """Leave the table: 0014 and all before it know it with its number."""
