-- Edges in packs: the sums of many series in one row (docs/adr/0015). What edge_10s held so far is dropped, so the map
-- begins anew; traces, logs and decisions stay.

DROP TABLE edge_10s;
DROP FUNCTION weir_merge_histogram(smallint[], bigint[], smallint[], bigint[]);
DROP FUNCTION weir_merge_exemplars(smallint[], uuid[], smallint[], uuid[]);

-- Reporters: 0 source, 1 destination, both from metrics; 2 client, 3 server, both from spans.
-- Whoever keeps the series in memory asks for those of transactions that had not ended when it asked last.
ALTER TABLE edge_series ADD COLUMN added_by xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX edge_series_added_by_idx ON edge_series (added_by);

-- What was committed and is not in the rollups yet. A row comes, is read by every question, and goes with the next fold.
CREATE TABLE edge_delta (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  first_slot_ms bigint NOT NULL,            -- of its 10 s slots
  last_slot_ms  bigint NOT NULL,
  sections      integer NOT NULL,           -- packs in it
  payload       bytea NOT NULL,
  exemplars     bytea
) WITH (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_threshold = -1,
  toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 2000
);
ALTER TABLE edge_delta ALTER COLUMN payload SET STORAGE EXTERNAL, ALTER COLUMN exemplars SET STORAGE EXTERNAL;

-- The rollups. A chunk is a share of the series (packages/store/src/telemetry/edges/edge-chunk.ts). Packs are dense
-- already: pressing them would cost time and win nothing.
CREATE TABLE edge_10s (
  slot_ms   bigint NOT NULL,                -- start of the slot
  chunk     smallint NOT NULL,
  payload   bytea NOT NULL,
  exemplars bytea,
  PRIMARY KEY (slot_ms, chunk)
) PARTITION BY RANGE (slot_ms);
ALTER TABLE edge_10s ALTER COLUMN payload SET STORAGE EXTERNAL, ALTER COLUMN exemplars SET STORAGE EXTERNAL;
CREATE TABLE edge_1m (LIKE edge_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE edge_5m (LIKE edge_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE edge_10m (LIKE edge_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE edge_1h (LIKE edge_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE edge_6h (LIKE edge_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE edge_1d (LIKE edge_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE edge_10s_default PARTITION OF edge_10s DEFAULT;
CREATE TABLE edge_1m_default PARTITION OF edge_1m DEFAULT;
CREATE TABLE edge_5m_default PARTITION OF edge_5m DEFAULT;
CREATE TABLE edge_10m_default PARTITION OF edge_10m DEFAULT;
CREATE TABLE edge_1h_default PARTITION OF edge_1h DEFAULT;
CREATE TABLE edge_6h_default PARTITION OF edge_6h DEFAULT;
CREATE TABLE edge_1d_default PARTITION OF edge_1d DEFAULT;

-- Decisions by the hour, added to together with those of 10 s.
CREATE TABLE decision_1h (LIKE decision_10s INCLUDING ALL) PARTITION BY RANGE (slot_ms);
CREATE TABLE decision_1h_default PARTITION OF decision_1h DEFAULT;
INSERT INTO decision_1h (series_id, slot_ms, evaluated, would_act, acted)
SELECT series_id, slot_ms / 3600000 * 3600000, sum(evaluated), sum(would_act), sum(acted) FROM decision_10s GROUP BY 1, 2;

-- From when to when a table of sums can be asked: before `kept_from_ms` its partitions are dropped, from
-- `complete_until_ms` on its slots are not made yet. Both only grow, so having read them before is never wrong.
CREATE TABLE rollup (
  name              text PRIMARY KEY,
  kept_from_ms      bigint NOT NULL DEFAULT 0,
  complete_until_ms bigint NOT NULL
);
INSERT INTO rollup (name, complete_until_ms) VALUES
  ('edge_10s', 9007199254740991), ('edge_1m', 0), ('edge_5m', 0), ('edge_10m', 0),
  ('edge_1h', 0), ('edge_6h', 0), ('edge_1d', 0),
  ('decision_10s', 9007199254740991), ('decision_1h', 9007199254740991);
