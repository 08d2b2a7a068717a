SELECT happened_at, operation, label, work, number, waited, took, status, outcome FROM attempt
WHERE connection_id = $1
ORDER BY id DESC
LIMIT $2
