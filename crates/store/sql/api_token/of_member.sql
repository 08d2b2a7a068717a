SELECT * FROM api_token WHERE member_id = $1 ORDER BY created_at, token_hash
