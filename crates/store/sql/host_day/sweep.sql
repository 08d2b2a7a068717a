DELETE FROM host_day WHERE day < $1
