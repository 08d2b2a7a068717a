UPDATE connection SET state = 'leaving', preferred = FALSE WHERE id = $1 AND state <> 'gone'
