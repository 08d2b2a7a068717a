INSERT INTO seal (key_id, proof, created_at) VALUES ($1, $2, $3) ON CONFLICT (key_id) DO NOTHING
