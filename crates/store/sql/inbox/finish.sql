UPDATE inbox SET applied_at = $3, outcome = $2 WHERE id = $1 AND applied_at IS NULL
