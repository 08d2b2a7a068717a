SELECT token, token_expires_at, token_scopes FROM connection WHERE id = $1
