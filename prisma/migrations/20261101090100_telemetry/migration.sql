-- Telemetry, first form. Times are nanoseconds since 1970 in *_ns, milliseconds in *_ms; trace ids are 16 bytes
-- (uuid), span ids 8 bytes (bigint, two's complement). Partitioned tables hold an hour a partition, made ahead
-- and dropped whole; DEFAULT takes rows whose clocks are off, so that none is refused.

-- Dictionaries: what repeats in every row is stored once.

CREATE TABLE telemetry_service (
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  namespace text NOT NULL,
  name      text NOT NULL,
  version   text NOT NULL,
  UNIQUE (namespace, name, version)
);

CREATE TABLE telemetry_operation (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  service_id integer NOT NULL REFERENCES telemetry_service (id),
  name       text NOT NULL,
  digest     uuid NOT NULL,                 -- MD5 of the name: names have no bound, index entries do
  last_hour  integer NOT NULL,              -- newest hour since 1970 with a span of it
  UNIQUE (service_id, digest)
);

CREATE TABLE telemetry_resource (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest     uuid NOT NULL UNIQUE,          -- MD5 of the attributes' text
  attributes jsonb NOT NULL
);

-- Who calls whom, how, and with what kind of answer; status_class 0 is no response.
CREATE TABLE edge_series (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reporter       smallint NOT NULL,         -- 0 source, 1 destination
  source_id      integer NOT NULL REFERENCES telemetry_service (id),
  destination_id integer NOT NULL REFERENCES telemetry_service (id),
  protocol       text NOT NULL,
  method         text NOT NULL,
  status_class   smallint NOT NULL,
  flag           text NOT NULL,
  UNIQUE (source_id, destination_id, reporter, protocol, method, status_class, flag)
);

CREATE TABLE decision_series (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  namespace      text NOT NULL,
  policy         text NOT NULL,
  kind           text NOT NULL,
  revision       integer NOT NULL,
  mode           text NOT NULL,
  verdict        text NOT NULL,
  source_id      integer NOT NULL REFERENCES telemetry_service (id),
  destination_id integer NOT NULL REFERENCES telemetry_service (id),
  UNIQUE (namespace, policy, revision, mode, verdict, kind, source_id, destination_id)
);

-- Evidence, row by row.

CREATE TABLE span (
  trace_id       uuid NOT NULL,
  span_id        bigint NOT NULL,
  parent_span_id bigint,
  service_id     integer NOT NULL,
  operation_id   integer NOT NULL,
  resource_id    integer NOT NULL,
  kind           smallint NOT NULL,
  status         smallint NOT NULL,
  status_message text,
  start_ns       bigint NOT NULL,
  duration_ns    bigint NOT NULL,
  attributes     jsonb NOT NULL,
  events         jsonb,
  links          jsonb
) PARTITION BY RANGE (start_ns);
CREATE INDEX span_trace_id_idx ON span (trace_id);
CREATE TABLE span_default PARTITION OF span DEFAULT;

CREATE TABLE access_log (
  time_ns        bigint NOT NULL,
  trace_id       uuid,
  span_id        bigint,
  reporter       smallint NOT NULL,
  source_id      integer NOT NULL,
  destination_id integer NOT NULL,
  protocol       text NOT NULL,
  method         text NOT NULL,
  path           text NOT NULL,
  host           text,
  status         smallint NOT NULL,
  flag           text NOT NULL,
  duration_ns    bigint NOT NULL,
  upstream_ns    bigint NOT NULL,
  request_bytes  bigint NOT NULL,
  response_bytes bigint NOT NULL,
  decisions      jsonb NOT NULL
) PARTITION BY RANGE (time_ns);
CREATE INDEX access_log_destination_id_time_ns_idx ON access_log (destination_id, time_ns);
CREATE TABLE access_log_default PARTITION OF access_log DEFAULT;

CREATE TABLE log_record (
  time_ns     bigint NOT NULL,
  trace_id    uuid,
  span_id     bigint,
  service_id  integer NOT NULL,
  resource_id integer NOT NULL,
  severity    smallint NOT NULL,
  body        jsonb,
  attributes  jsonb NOT NULL
) PARTITION BY RANGE (time_ns);
CREATE INDEX log_record_trace_id_idx ON log_record (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX log_record_service_id_time_ns_idx ON log_record (service_id, time_ns);
CREATE TABLE log_record_default PARTITION OF log_record DEFAULT;

CREATE TABLE metric_point (
  time_ns     bigint NOT NULL,
  service_id  integer NOT NULL,
  resource_id integer NOT NULL,
  name        text NOT NULL,
  unit        text NOT NULL,
  kind        text NOT NULL,
  attributes  jsonb NOT NULL,
  value       double precision,
  histogram   jsonb
) PARTITION BY RANGE (time_ns);
CREATE INDEX metric_point_service_id_time_ns_idx ON metric_point (service_id, time_ns);
CREATE TABLE metric_point_default PARTITION OF metric_point DEFAULT;

-- Sums. A row is met again and again while its interval is young, so pages keep room for it.

-- A trace as far as its spans of one hour tell; the few that cross an hour have a row for each.
CREATE TABLE trace (
  hour_ns           bigint NOT NULL,
  trace_id          uuid NOT NULL,
  start_ns          bigint NOT NULL,
  end_ns            bigint NOT NULL,
  span_count        integer NOT NULL,
  error_count       integer NOT NULL,
  root_operation_id integer,                -- of the span without a parent, once it has come
  root_start_ns     bigint,
  root_end_ns       bigint,
  first_operation_id integer NOT NULL,      -- of the earliest span so far, to have a name meanwhile
  operation_ids     integer[] NOT NULL,     -- ascending
  service_ids       integer[] NOT NULL,     -- ascending
  PRIMARY KEY (trace_id, hour_ns)
) PARTITION BY RANGE (hour_ns);
CREATE INDEX trace_start_ns_idx ON trace (start_ns);
CREATE TABLE trace_default PARTITION OF trace DEFAULT;

-- Ten seconds of one series. Histogram: base-2 exponential, scale 4, seconds, sparse, indexes ascending.
CREATE TABLE edge_10s (
  series_id        integer NOT NULL,
  slot_ms          bigint NOT NULL,         -- start of the interval
  requests         bigint NOT NULL,
  request_bytes    bigint NOT NULL,
  response_bytes   bigint NOT NULL,
  duration_sum     double precision NOT NULL,
  bucket_indexes   smallint[] NOT NULL,
  bucket_counts    bigint[] NOT NULL,
  exemplar_buckets smallint[] NOT NULL,     -- one trace for each bucket that has one, ascending
  exemplar_traces  uuid[] NOT NULL,
  PRIMARY KEY (series_id, slot_ms)
) PARTITION BY RANGE (slot_ms);
CREATE INDEX edge_10s_slot_ms_idx ON edge_10s (slot_ms);
CREATE TABLE edge_10s_default PARTITION OF edge_10s DEFAULT;

CREATE TABLE decision_10s (
  series_id integer NOT NULL,
  slot_ms   bigint NOT NULL,
  evaluated bigint NOT NULL,
  would_act bigint NOT NULL,
  acted     bigint NOT NULL,
  PRIMARY KEY (series_id, slot_ms)
) PARTITION BY RANGE (slot_ms);
CREATE TABLE decision_10s_default PARTITION OF decision_10s DEFAULT;

-- Bodies that are committed already, by SHA-256: what makes a resend harmless.
CREATE TABLE ingest_request (
  digest      bytea PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ingest_request_received_at_idx ON ingest_request (received_at);

-- Merging, for ON CONFLICT DO UPDATE.

CREATE FUNCTION weir_merge_histogram(
  a_indexes smallint[], a_counts bigint[], b_indexes smallint[], b_counts bigint[],
  OUT indexes smallint[], OUT counts bigint[]
) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(i ORDER BY i), '{}'), coalesce(array_agg(n ORDER BY i), '{}')
  FROM (
    SELECT i, sum(n)::bigint AS n FROM unnest(a_indexes || b_indexes, a_counts || b_counts) AS bucket (i, n)
    GROUP BY i
  ) AS merged
$$;

-- One trace a bucket; the second argument's, being newer, wins.
CREATE FUNCTION weir_merge_exemplars(
  a_buckets smallint[], a_traces uuid[], b_buckets smallint[], b_traces uuid[],
  OUT buckets smallint[], OUT traces uuid[]
) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(i ORDER BY i), '{}'), coalesce(array_agg(t ORDER BY i), '{}')
  FROM (
    SELECT DISTINCT ON (i) i, t
    FROM unnest(a_buckets || b_buckets, a_traces || b_traces) WITH ORDINALITY AS exemplar (i, t, position)
    ORDER BY i, position DESC
  ) AS newest
$$;

CREATE FUNCTION weir_union(a integer[], b integer[]) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN a @> b THEN a
    ELSE (SELECT array_agg(DISTINCT e ORDER BY e) FROM unnest(a || b) AS element (e))
  END
$$;
