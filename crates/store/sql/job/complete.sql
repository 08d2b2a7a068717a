UPDATE job SET
    state = CASE WHEN again THEN 'ready' ELSE 'done' END,
    run_at = CASE WHEN again THEN $3 ELSE run_at END,
    attempts = CASE WHEN again THEN 0 ELSE attempts END,
    finished_at = CASE WHEN again THEN NULL ELSE $3 END,
    again = FALSE,
    phase = 'planned',
    sent_at = NULL,
    deadline_at = NULL,
    claim_token = NULL,
    claimed_until = NULL,
    last_error = NULL
WHERE id = $1 AND state = 'running' AND claim_token = $2
RETURNING state
