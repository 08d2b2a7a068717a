INSERT INTO audit (id, happened_at, member_id, actor, action, subject, detail, room_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
