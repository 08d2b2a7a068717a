SELECT * FROM audit
WHERE room_id = $1
ORDER BY happened_at DESC, id DESC
LIMIT $2
