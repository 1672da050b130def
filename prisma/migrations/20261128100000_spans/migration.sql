-- Attributes that many spans have in common stand once, in a dictionary; a span keeps its own. What a span's sender
-- said is `set || own`: coalesce(telemetry_attribute_set.attributes, '{}') || coalesce(span.attributes, '{}').

CREATE TABLE telemetry_attribute_set (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- 0 in a span: it has none
  digest     uuid NOT NULL UNIQUE,          -- MD5 of the attributes' text
  attributes jsonb NOT NULL,
  last_hour  integer NOT NULL               -- newest hour since 1970 with a span of it; dropped when that is past retention
);
CREATE INDEX telemetry_attribute_set_attributes_idx ON telemetry_attribute_set USING gin (attributes jsonb_path_ops);

ALTER TABLE span ADD COLUMN attribute_set_id integer NOT NULL DEFAULT 0;
ALTER TABLE span ALTER COLUMN attributes DROP NOT NULL;

-- Nobody asked for them: the start and end of a trace's root are those of its span.
ALTER TABLE trace DROP COLUMN root_start_ns, DROP COLUMN root_end_ns;

-- Tells whether somebody knows all spans of a trace: the sum of a hash of each (packages/store/src/telemetry/span-graph).
ALTER TABLE trace ADD COLUMN span_signature bigint NOT NULL DEFAULT 0;
