UPDATE connection SET test_report = $2, tested_at = $3 WHERE id = $1
