-- A room that was kept when its account was disconnected is not one that Zoom refused.
UPDATE room SET at_zoom = 'disconnected', at_zoom_reason = NULL
WHERE connection_id IN (SELECT id FROM connection WHERE state = 'gone');
