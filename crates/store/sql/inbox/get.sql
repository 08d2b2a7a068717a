SELECT id, connection_id, event, event_ts, received_at, applied_at, outcome FROM inbox WHERE id = $1
