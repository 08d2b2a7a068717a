SELECT * FROM member ORDER BY created_at, id
