INSERT INTO tally (connection_id, state) VALUES ($1, $2)
ON CONFLICT (connection_id) DO UPDATE SET state = excluded.state
