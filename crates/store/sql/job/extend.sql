UPDATE job SET claimed_until = $3 WHERE id = $1 AND state = 'running' AND claim_token = $2
