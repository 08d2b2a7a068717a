INSERT INTO grant_ (token_hash, room_id, name, email, role, member_id, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
