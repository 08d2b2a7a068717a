UPDATE connection SET token = $2, token_expires_at = $3, token_scopes = $4, token_claimed_until = NULL
WHERE id = $1 AND state <> 'gone'
