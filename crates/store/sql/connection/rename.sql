UPDATE connection SET name = $2 WHERE id = $1 AND state <> 'gone'
