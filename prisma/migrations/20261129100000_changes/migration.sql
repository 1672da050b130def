-- What happened in a window of time, found by when it happened.
CREATE INDEX audit_entry_at_idx ON audit_entry (at);
CREATE INDEX workload_first_seen_idx ON workload (first_seen);

-- When the first telemetry of a version arrived. Null where that was before this was kept: nobody knows.
ALTER TABLE telemetry_service ADD COLUMN first_seen timestamptz(3);
ALTER TABLE telemetry_service ALTER COLUMN first_seen SET DEFAULT CURRENT_TIMESTAMP;
CREATE INDEX telemetry_service_first_seen_idx ON telemetry_service (first_seen);
