"""Keep each import with its rows, its upload and what waits to be looked at, and maps under a name

Revision: 0022, after 0021.

What waited as a conflict waits as a look of that kind. The name of its field is sealed from now on, as all looks are.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from campaign.web.context import keyring

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

SHARED = ('id', 'case_id', 'row_number', 'path', 'ours', 'by_id', 'at')


def upgrade() -> None:
    op.create_table('saved_map',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('headers', sa.String(length=32), nullable=False),
    sa.Column('map', sa.LargeBinary(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_saved_map_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_map')),
    sa.UniqueConstraint('name', name=op.f('uq_saved_map_name'))
    )
    with op.batch_alter_table('saved_map', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_map_headers'), ['headers'], unique=False)

    op.create_table('sheet_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_name', sa.LargeBinary(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('upload', sa.String(length=32), nullable=False),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('sheet', sa.LargeBinary(), nullable=False),
    sa.Column('encoding', sa.String(length=40), nullable=False),
    sa.Column('scheme', sa.String(length=40), nullable=False),
    sa.Column('map', sa.LargeBinary(), nullable=False),
    sa.Column('signed_by_id', sa.Integer(), nullable=True),
    sa.Column('decisions', sa.LargeBinary(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('runner', sa.String(length=80), nullable=False),
    sa.Column('beat_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_count', sa.Integer(), nullable=False),
    sa.Column('total_count', sa.Integer(), nullable=False),
    sa.Column('fault', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_sheet_import_asked_by_id_account')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_sheet_import_by_id_account')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['account.id'], name=op.f('fk_sheet_import_signed_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_import'))
    )
    with op.batch_alter_table('sheet_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_import_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_import_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_import_stage'), ['stage'], unique=False)

    op.create_table('import_look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('row_number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('column', sa.LargeBinary(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('message', sa.LargeBinary(), nullable=False),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('ours', sa.LargeBinary(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('settled_how', sa.String(length=12), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_import_look_case_id_case_file')),
    sa.ForeignKeyConstraint(['import_id'], ['sheet_import.id'], name=op.f('fk_import_look_import_id_sheet_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_look'))
    )
    with op.batch_alter_table('import_look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_look_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_look_import_id'), ['import_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_look_settled_at'), ['settled_at'], unique=False)

    op.create_table('import_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('is_chosen', sa.Boolean(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.Integer(), nullable=False),
    sa.Column('after', sa.Integer(), nullable=True),
    sa.Column('is_taken_back', sa.Boolean(), nullable=False),
    sa.Column('plan', sa.LargeBinary(), nullable=True),
    sa.Column('earlier', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_import_row_case_id_case_file')),
    sa.ForeignKeyConstraint(['import_id'], ['sheet_import.id'], name=op.f('fk_import_row_import_id_sheet_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_row')),
    sa.UniqueConstraint('import_id', 'number', name=op.f('uq_import_row_import_id'))
    )
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_row_case_id'), ['case_id'], unique=False)

    looks_of_conflicts()
    with op.batch_alter_table('import_conflict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_conflict_case_id'))
    op.drop_table('import_conflict')

    with op.batch_alter_table('imported_row', schema=None) as batch_op:
        batch_op.add_column(sa.Column('import_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('row_number', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_index(batch_op.f('ix_imported_row_import_id'), ['import_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_imported_row_import_id_sheet_import'), 'sheet_import', ['import_id'], ['id'])


def looks_of_conflicts() -> None:
    old, new = both_tables()
    for row in op.get_bind().execute(sa.select(old).order_by(old.c.id)).mappings():
        kept = {name: row[name] for name in SHARED}
        settled = {'settled_at': datetime.now(UTC) if row['is_settled'] else None}
        sealed = {'column': keyring().seal(row['label'].encode()), 'words': row['sheets'], 'message': keyring().seal(b'')}
        op.get_bind().execute(new.insert().values(kind='conflict', **kept, **settled, **sealed))
    number_on('import_look')


def both_tables() -> tuple[sa.TableClause, sa.TableClause]:
    shared = [sa.column(name) for name in SHARED]
    old = sa.table('import_conflict', *shared, *map(sa.column, ('label', 'sheets', 'is_settled')))
    named = ('import_id', 'kind', 'column', 'words', 'message', 'settled_at')
    return old, sa.table('import_look', *[sa.column(name) for name in SHARED], *map(sa.column, named))


def number_on(table: str) -> None:
    """Let PostgreSQL go on after the numbers that were copied; SQLite does by itself."""
    if op.get_bind().dialect.name == 'postgresql':
        highest = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest}, false)")


def downgrade() -> None:
    op.create_table('import_conflict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('row_number', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('ours', sa.LargeBinary(), nullable=False),
    sa.Column('sheets', sa.LargeBinary(), nullable=False),
    sa.Column('is_settled', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_import_conflict_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_conflict'))
    )
    with op.batch_alter_table('import_conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_conflict_case_id'), ['case_id'], unique=False)
    old, new = both_tables()
    for row in op.get_bind().execute(sa.select(new).where(new.c.kind == 'conflict')).mappings():
        kept = {name: row[name] for name in SHARED}
        label, is_settled = keyring().unseal(bytes(row['column'])).decode(), row['settled_at'] is not None
        op.get_bind().execute(old.insert().values(label=label, sheets=row['words'], is_settled=is_settled, **kept))
    number_on('import_conflict')

    with op.batch_alter_table('imported_row', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_imported_row_import_id_sheet_import'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_imported_row_import_id'))
        batch_op.drop_column('row_number')
        batch_op.drop_column('import_id')
    for table in ('import_row', 'import_look', 'sheet_import', 'saved_map'):
        op.drop_table(table)
