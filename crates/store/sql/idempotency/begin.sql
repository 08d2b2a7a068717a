INSERT INTO idempotency (member_id, key_hash, request_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (member_id, key_hash) DO NOTHING
