UPDATE host SET webinars = $3 WHERE connection_id = $1 AND host_id = $2
