DELETE FROM setup WHERE step = $1
