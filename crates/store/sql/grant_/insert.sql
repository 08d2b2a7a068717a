INSERT INTO grant_ (token_hash, room_id, name, email, role, member_id, created_at, expires_at, host_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
