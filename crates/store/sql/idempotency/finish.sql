UPDATE idempotency SET status = $3, answer = $4 WHERE member_id = $1 AND key_hash = $2
