SELECT * FROM member WHERE email = $1
