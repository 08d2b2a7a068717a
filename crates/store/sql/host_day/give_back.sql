UPDATE host_day SET used = used - 1 WHERE connection_id = $1 AND host_id = $2 AND day = $3 AND used > 0
