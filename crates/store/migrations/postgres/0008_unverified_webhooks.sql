-- When a webhook last came whose signature did not fit the Secret Token; NULL once one came whose signature does.
ALTER TABLE connection ADD COLUMN webhooks_failed_at BIGINT;
