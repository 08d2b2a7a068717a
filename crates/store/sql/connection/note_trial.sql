UPDATE connection SET sdk_tried_at = $3, sdk_code = $4 WHERE id = $1 AND sdk_key = $2
