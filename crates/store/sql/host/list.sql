SELECT * FROM host WHERE connection_id = $1 ORDER BY active DESC, name, host_id
