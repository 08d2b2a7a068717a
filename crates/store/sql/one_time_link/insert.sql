INSERT INTO one_time_link (token_hash, purpose, member_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
