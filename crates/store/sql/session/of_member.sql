SELECT * FROM session WHERE member_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, token_hash
