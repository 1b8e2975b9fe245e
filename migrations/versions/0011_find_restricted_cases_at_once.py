"""Find restricted cases at once

Every save asks for their names, to look for a twin: without an index it walked through all cases.

Revision: 0011, after 0010.
"""

from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_case_file_is_restricted', 'case_file', ['is_restricted'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_case_file_is_restricted', table_name='case_file')
