UPDATE connection SET webhooks_proven_at = $2 WHERE id = $1 AND webhooks_proven_at IS NULL
