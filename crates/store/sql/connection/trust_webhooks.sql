UPDATE connection SET webhooks_failed_at = NULL, former_webhook_secret = NULL, webhooks_checked_at = $2 WHERE id = $1
