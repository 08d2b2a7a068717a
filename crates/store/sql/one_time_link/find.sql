SELECT * FROM one_time_link WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
