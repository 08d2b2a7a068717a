DELETE FROM host_day WHERE connection_id = $1
