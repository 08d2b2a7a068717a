DELETE FROM inbox WHERE connection_id = $1
