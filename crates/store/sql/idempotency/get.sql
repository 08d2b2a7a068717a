SELECT request_hash, status, answer FROM idempotency WHERE member_id = $1 AND key_hash = $2
