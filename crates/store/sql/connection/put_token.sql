UPDATE connection SET token = $2, token_expires_at = $3, token_scopes = $4 WHERE id = $1
