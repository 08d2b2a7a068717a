SELECT step FROM setup ORDER BY step
