DELETE FROM api_token WHERE member_id = $1
