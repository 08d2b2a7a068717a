UPDATE connection SET webhooks_failed_at = NULL, former_webhook_secret = NULL WHERE id = $1
