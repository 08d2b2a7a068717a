DELETE FROM host WHERE connection_id = $1 AND host_id = $2
