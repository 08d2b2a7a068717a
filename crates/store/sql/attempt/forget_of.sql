DELETE FROM attempt WHERE connection_id = $1
