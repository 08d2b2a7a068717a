UPDATE connection SET webhooks_failed_at = NULL WHERE id = $1
