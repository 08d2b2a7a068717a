DELETE FROM job WHERE connection_id = $1
