SELECT * FROM connection WHERE id = $1 AND state <> 'gone'
