SELECT key_id, proof FROM seal ORDER BY created_at, key_id
