"""The API of partners: everything public as JSON, what changed since, the whole as one file. Needs no key.

routes   the addresses under /api/v1
answers  query parameters read (limit, since, status); stored bytes as an answer: ETag, gzip, caching, CORS
export   the whole as JSON lines, JSON or CSV, streamed; a profile as a row that no spreadsheet will run
openapi  the description that programs read
"""

from campaign.partners.routes import blueprint

__all__ = ["blueprint"]
