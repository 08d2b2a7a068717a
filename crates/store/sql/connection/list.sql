SELECT * FROM connection WHERE state <> 'gone' ORDER BY preferred DESC, created_at, id
