SELECT state FROM tally WHERE connection_id = $1
