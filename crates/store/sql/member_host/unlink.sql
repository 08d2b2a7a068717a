DELETE FROM member_host WHERE member_id = $1 AND connection_id = $2 AND host_id = $3
