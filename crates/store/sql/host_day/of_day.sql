SELECT host_id, used, refused FROM host_day
WHERE connection_id = $1 AND day = $2
ORDER BY used DESC, host_id
