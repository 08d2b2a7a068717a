DELETE FROM idempotency WHERE member_id = $1 AND key_hash = $2 AND status IS NULL
