SELECT api_token.token_hash, api_token.member_id, api_token.name, api_token.created_at, api_token.last_used_at,
    member.email, member.name AS member_name, member.role
FROM api_token JOIN member ON member.id = api_token.member_id
WHERE api_token.token_hash = $1
