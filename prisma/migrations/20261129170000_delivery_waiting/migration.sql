-- Of a stranger's answer no text is kept: only what it means. And a delivery is given up a day after it began to wait; while its
-- target is paused it waits for nothing, so that its day begins again when the target is told again.
ALTER TABLE delivery DROP COLUMN answer;
ALTER TABLE delivery ADD COLUMN waiting_since timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE delivery d SET waiting_since = n.at FROM notification n WHERE n.id = d.notification_id;
