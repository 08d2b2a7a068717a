INSERT INTO session (token_hash, member_id, client, created_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
