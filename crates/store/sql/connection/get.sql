SELECT * FROM connection WHERE id = $1
