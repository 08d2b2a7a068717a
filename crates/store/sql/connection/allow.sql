UPDATE connection SET allowed = $2 WHERE id = $1
