SELECT member_id, connection_id, host_id FROM member_host WHERE connection_id = $1 ORDER BY member_id, host_id
