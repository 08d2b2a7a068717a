UPDATE connection SET token = NULL, token_expires_at = NULL, token_scopes = NULL WHERE id = $1
