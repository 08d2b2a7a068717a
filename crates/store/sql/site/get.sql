SELECT name, accent_hue FROM site WHERE id = 1
