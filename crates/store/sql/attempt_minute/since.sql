SELECT minute, label, outcome, attempts FROM attempt_minute
WHERE connection_id = $1 AND minute >= $2
ORDER BY minute, label, outcome
