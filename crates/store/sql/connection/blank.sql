UPDATE connection SET
    name = '', account_id = '', client_id = '', client_secret = $2, sdk_key = NULL, sdk_secret = NULL,
    webhook_secret = NULL, former_webhook_secret = NULL, tested_at = NULL, test_report = NULL,
    webhooks_proven_at = NULL, webhooks_failed_at = NULL, webhooks_checked_at = NULL, sdk_tried_at = NULL, sdk_code = NULL, token = NULL, token_claimed_until = NULL,
    token_expires_at = NULL, token_scopes = NULL, asked = NULL, allowed = '', sandbox = FALSE, preferred = FALSE,
    state = 'gone', updated_at = $3
WHERE id = $1
