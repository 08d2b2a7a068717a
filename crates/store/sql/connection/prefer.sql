UPDATE connection SET preferred = (id = $1)
