-- A switch from observe to enforce, with what was predicted of it, and the guard that watches whether it comes so.
CREATE TABLE enforcement (
  id              serial PRIMARY KEY,
  scope           text NOT NULL CONSTRAINT enforcement_scope_known CHECK (scope IN ('mesh', 'namespace', 'service', 'policy')),
  namespace       text NOT NULL DEFAULT '',      -- of a namespace its own name, of the mesh nothing
  name            text NOT NULL DEFAULT '',      -- of a service or policy
  mode_before     text,                          -- what taking it back sets; null: inherited
  phase           text NOT NULL CONSTRAINT enforcement_phase_known
                    CHECK (phase IN ('unguarded', 'watching', 'kept', 'takenBack', 'ended')),
  prediction      jsonb NOT NULL,
  budget          jsonb,                         -- null: nobody watches
  progress        jsonb,                         -- all that was learnt since
  look            jsonb,                         -- the guard's newest verdict
  changes         integer NOT NULL DEFAULT 0,    -- counts every write, so that nobody writes over what he has not read
  config_revision integer NOT NULL,              -- that the switch came with
  policy_revision integer,                       -- of a policy: the one that enforces
  created_at      timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  created_by      text NOT NULL,
  reason          text,
  ended_at        timestamptz(3)
);
-- One guard a switch: a second one would take back what the first one keeps.
CREATE UNIQUE INDEX enforcement_watching_key ON enforcement (scope, namespace, name) WHERE phase = 'watching';

CREATE TABLE enforcement_event (
  enforcement_id  integer NOT NULL REFERENCES enforcement (id),
  seq             integer NOT NULL,
  at              timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  author          text NOT NULL,
  action          text NOT NULL,
  reason          text NOT NULL,
  comment         text,
  checks          jsonb NOT NULL,                -- the numbers as they were
  progress        jsonb,
  config_revision integer,                       -- where the mode was changed with it
  CONSTRAINT enforcement_event_pkey PRIMARY KEY (enforcement_id, seq)
);
CREATE TRIGGER enforcement_event_immutable BEFORE UPDATE OR DELETE ON enforcement_event
  FOR EACH ROW EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER enforcement_event_kept BEFORE TRUNCATE ON enforcement_event
  FOR EACH STATEMENT EXECUTE FUNCTION weir_refuse_change();
