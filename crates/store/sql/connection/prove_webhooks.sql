UPDATE connection SET
    webhooks_proven_at = COALESCE(webhooks_proven_at, $2), webhooks_failed_at = NULL, former_webhook_secret = NULL
WHERE id = $1
    AND (webhooks_proven_at IS NULL OR webhooks_failed_at IS NOT NULL OR former_webhook_secret IS NOT NULL)
