UPDATE job SET phase = $3, sent_at = $4, deadline_at = $5, payload = $6
WHERE id = $1 AND state = 'running' AND claim_token = $2
