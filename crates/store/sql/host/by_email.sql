SELECT * FROM host WHERE connection_id = $1 AND email = $2 AND active
