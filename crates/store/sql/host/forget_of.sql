DELETE FROM host WHERE connection_id = $1
