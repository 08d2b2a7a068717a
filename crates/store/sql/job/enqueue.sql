INSERT INTO job (
    id, kind, single_key, connection_id, room_id, payload, state, priority, run_at, attempts, again, phase, created_at
) VALUES ($1, $2, $3, $4, $5, $6, 'ready', $7, $8, 0, FALSE, 'planned', $9)
ON CONFLICT (single_key) WHERE state IN ('ready', 'running') DO UPDATE SET
    run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at ELSE job.run_at END,
    priority = CASE WHEN excluded.priority < job.priority THEN excluded.priority ELSE job.priority END,
    again = CASE WHEN job.state = 'running' THEN TRUE ELSE job.again END,
    payload = CASE WHEN job.state = 'ready' AND job.phase = 'planned' THEN excluded.payload ELSE job.payload END
RETURNING id
