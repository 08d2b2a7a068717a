SELECT url FROM address WHERE id = 1
