-- The Zoom users a site may act for, addresses and domains, one on each line; empty for everybody.
ALTER TABLE connection ADD COLUMN allowed TEXT NOT NULL DEFAULT '';
