-- What the site wants of the account: a JSON list of features; none where nobody has said.
ALTER TABLE connection ADD COLUMN asked TEXT;
