SELECT * FROM grant_ WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
