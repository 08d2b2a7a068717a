UPDATE job SET state = 'ready', again = FALSE, run_at = $3, claim_token = NULL, claimed_until = NULL, last_error = $4
WHERE id = $1 AND state = 'running' AND claim_token = $2
