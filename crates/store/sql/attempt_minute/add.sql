INSERT INTO attempt_minute (connection_id, minute, label, outcome, attempts) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (connection_id, minute, label, outcome) DO UPDATE SET attempts = attempt_minute.attempts + excluded.attempts
