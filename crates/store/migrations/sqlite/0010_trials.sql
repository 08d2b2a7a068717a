-- When an owner last tried to join a meeting in the browser with the present Meeting SDK credentials, and the code with
-- which Zoom's software refused; none where it let them in.
ALTER TABLE connection ADD COLUMN sdk_tried_at BIGINT;
ALTER TABLE connection ADD COLUMN sdk_code TEXT;
-- When Zoom checked the webhook's address with the present Secret Token.
ALTER TABLE connection ADD COLUMN webhooks_checked_at BIGINT;
