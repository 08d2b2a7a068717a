WITH due AS MATERIALIZED (
    SELECT id FROM job
    WHERE ((state = 'ready' AND run_at <= $1) OR (state = 'running' AND claimed_until <= $1))
        AND (deadline_at IS NULL OR deadline_at <= $1)
    ORDER BY priority, run_at, id
    LIMIT $4
    FOR UPDATE SKIP LOCKED
)
UPDATE job SET state = 'running', claim_token = $3, claimed_until = $2, attempts = attempts + 1
FROM due WHERE job.id = due.id
RETURNING job.*
