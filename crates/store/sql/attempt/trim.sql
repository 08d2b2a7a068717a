DELETE FROM attempt
WHERE connection_id = $1
    AND id < (SELECT id FROM attempt WHERE connection_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
