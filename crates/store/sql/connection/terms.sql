SELECT plan, share FROM connection WHERE id = $1 AND state <> 'gone'
