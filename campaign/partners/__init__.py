"""What programs read: everything public as JSON, what changed since, the whole as one file. Needs no key.

routes   the addresses under /api/v1
asking   reading the questions: limit, since, status
answers  stored bytes as an answer: ETag, gzip, caching, who may read across origins
export   the whole as JSON lines, JSON or CSV, streamed
cells    a profile as a row that no spreadsheet will run
openapi  the description that programs read
"""

from campaign.partners.routes import blueprint

__all__ = ["blueprint"]
