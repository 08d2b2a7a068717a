SELECT features FROM wanted WHERE id = 1
