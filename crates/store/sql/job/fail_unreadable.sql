UPDATE job SET
    state = 'failed',
    finished_at = $2,
    again = FALSE,
    claim_token = NULL,
    claimed_until = NULL,
    last_error = $3
WHERE id = $1
