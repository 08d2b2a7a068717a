-- Several Zoom accounts of one organisation: the preferred one's people come first.
ALTER TABLE connection ADD COLUMN preferred BOOLEAN NOT NULL DEFAULT FALSE;
-- 'used'; 'leaving' while its meetings are deleted at Zoom; 'gone' where rooms that were kept still refer to it.
ALTER TABLE connection ADD COLUMN state TEXT NOT NULL DEFAULT 'used';
-- The Secret Token from before the present one, taken until something comes that is signed with the present one.
ALTER TABLE connection ADD COLUMN former_webhook_secret BLOB;
