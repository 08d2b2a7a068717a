UPDATE host SET active = FALSE WHERE connection_id = $1
