INSERT INTO attempt (id, connection_id, happened_at, operation, label, work, number, waited, took, status, outcome)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
