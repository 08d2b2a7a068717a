UPDATE connection SET plan = $2, share = $3 WHERE id = $1
