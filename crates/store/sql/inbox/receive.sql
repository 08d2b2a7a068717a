INSERT INTO inbox (id, connection_id, event, event_ts, dedupe, body, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (connection_id, dedupe) DO NOTHING
