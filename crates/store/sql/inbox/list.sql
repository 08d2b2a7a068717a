SELECT id, connection_id, event, event_ts, received_at, applied_at, outcome FROM inbox
WHERE received_at < $1 OR (received_at = $1 AND id < $2)
ORDER BY received_at DESC, id DESC
LIMIT 51
