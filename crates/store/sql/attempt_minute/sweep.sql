DELETE FROM attempt_minute WHERE minute < $1
