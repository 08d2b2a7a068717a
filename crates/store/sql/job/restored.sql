UPDATE job SET phase = 'unknown' WHERE kind = 'push_room' AND state IN ('ready', 'running') AND phase = 'planned'
