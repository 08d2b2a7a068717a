SELECT member_id, connection_id, host_id FROM member_host WHERE member_id = $1 ORDER BY connection_id, host_id
