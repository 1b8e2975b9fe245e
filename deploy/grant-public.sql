-- What the public site may read, and nothing else: the ledger, what is derived from it, and which schema this is.
\set QUIET on
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "byname-public";
GRANT USAGE ON SCHEMA public TO "byname-public";
GRANT SELECT ON
  alembic_version, index_mark,
  ledger_entry, ledger_body, ledger_identity, public_until,
  listing, listing_card, listing_facet, listing_key, listing_name, listing_word, shown_image
TO "byname-public";
ALTER ROLE "byname-public" IN DATABASE byname SET default_transaction_read_only = on;
