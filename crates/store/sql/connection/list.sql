SELECT * FROM connection ORDER BY created_at, id
