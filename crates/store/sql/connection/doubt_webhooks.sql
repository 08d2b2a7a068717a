UPDATE connection SET webhooks_failed_at = $2 WHERE id = $1
