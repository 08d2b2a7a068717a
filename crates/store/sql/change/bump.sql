INSERT INTO change (slot, seq) VALUES ($1, 1) ON CONFLICT (slot) DO UPDATE SET seq = change.seq + 1
