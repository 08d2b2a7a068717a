UPDATE job SET
    state = CASE WHEN again THEN 'ready' ELSE 'failed' END,
    run_at = CASE WHEN again THEN $3 ELSE run_at END,
    attempts = CASE WHEN again THEN 0 ELSE attempts END,
    finished_at = CASE WHEN again THEN NULL ELSE $3 END,
    again = FALSE,
    deadline_at = NULL,
    claim_token = NULL,
    claimed_until = NULL,
    last_error = $4
WHERE id = $1 AND state = 'running' AND claim_token = $2
RETURNING state
