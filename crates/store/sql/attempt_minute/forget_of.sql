DELETE FROM attempt_minute WHERE connection_id = $1
