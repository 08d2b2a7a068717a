DELETE FROM idempotency WHERE member_id = $1 AND key_hash = $2 AND expires_at <= $3
