DELETE FROM api_token WHERE member_id = $1 AND token_hash = $2
