INSERT INTO connection (
    id, name, account_id, client_id, client_secret, sdk_key, sdk_secret, webhook_secret, sandbox,
    tested_at, test_report, webhooks_proven_at, asked, allowed, created_at, updated_at,
    webhooks_failed_at, former_webhook_secret, webhooks_checked_at, sdk_tried_at, sdk_code
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21)
ON CONFLICT (id) DO UPDATE SET
    account_id = excluded.account_id,
    client_id = excluded.client_id,
    client_secret = excluded.client_secret,
    sdk_key = excluded.sdk_key,
    sdk_secret = excluded.sdk_secret,
    webhook_secret = excluded.webhook_secret,
    former_webhook_secret = excluded.former_webhook_secret,
    sandbox = excluded.sandbox,
    tested_at = excluded.tested_at,
    test_report = excluded.test_report,
    webhooks_proven_at = excluded.webhooks_proven_at,
    webhooks_failed_at = excluded.webhooks_failed_at,
    webhooks_checked_at = excluded.webhooks_checked_at,
    sdk_tried_at = excluded.sdk_tried_at,
    sdk_code = excluded.sdk_code,
    updated_at = excluded.updated_at,
    token = NULL,
    token_claimed_until = NULL,
    token_expires_at = NULL,
    token_scopes = NULL
WHERE connection.state = 'used'
