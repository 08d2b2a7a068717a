UPDATE connection SET asked = $2 WHERE id = $1
