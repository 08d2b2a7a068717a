DELETE FROM member_host WHERE connection_id = $1
