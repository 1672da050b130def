-- What was decided about a trace's requests is found by the trace; what came lately by time, which rows follow
-- closely enough in their order that a few bytes a range of pages will do.

CREATE INDEX access_log_trace_id_idx ON access_log (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX access_log_time_ns_idx ON access_log USING brin (time_ns) WITH (pages_per_range = 16);
CREATE INDEX span_start_ns_idx ON span USING brin (start_ns) WITH (pages_per_range = 16);
