UPDATE connection SET token_claimed_until = NULL WHERE id = $1
