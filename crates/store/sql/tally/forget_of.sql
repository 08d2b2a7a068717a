DELETE FROM tally WHERE connection_id = $1
