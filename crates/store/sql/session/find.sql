SELECT session.token_hash, session.member_id, session.client, session.created_at, session.last_seen_at,
    session.expires_at, member.email, member.name, member.role
FROM session JOIN member ON member.id = session.member_id
WHERE session.token_hash = $1 AND session.expires_at > $2
