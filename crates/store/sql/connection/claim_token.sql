UPDATE connection SET token_claimed_until = $3
WHERE id = $1 AND (token_claimed_until IS NULL OR token_claimed_until <= $2)
