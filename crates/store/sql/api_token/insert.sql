INSERT INTO api_token (token_hash, member_id, name, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5)
