-- Rollouts: where each stands, and for ever what became of it. What the present state is stored over is told by `changes`:
-- whoever decided on an older one decides again.
CREATE TABLE rollout (
  id              serial NOT NULL,
  namespace       text NOT NULL,
  service         text NOT NULL,
  plan            jsonb NOT NULL,
  plan_revision   integer NOT NULL DEFAULT 1,
  changes         integer NOT NULL DEFAULT 0,
  state           jsonb NOT NULL,
  analysis        text NOT NULL,              -- JSON; jsonb would write out every zero of the smallest numbers
  look            jsonb,
  course          jsonb NOT NULL DEFAULT '[]',
  signals         jsonb,
  policy          text NOT NULL,
  policy_revision integer NOT NULL,
  config_revision integer NOT NULL,           -- the one that the last change of traffic came with
  steered_at      timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  step_at         timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  created_at      timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  created_by      text NOT NULL,
  reason          text,
  ended_at        timestamptz(3),
  CONSTRAINT rollout_pkey PRIMARY KEY (id)
);
CREATE INDEX rollout_namespace_service_id_idx ON rollout (namespace, service, id);
-- One at a time moves a service's traffic.
CREATE UNIQUE INDEX rollout_going_on ON rollout (namespace, service) WHERE ended_at IS NULL;

CREATE TABLE rollout_event (
  rollout_id      integer NOT NULL,
  seq             integer NOT NULL,
  at              timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  author          text NOT NULL,
  action          text NOT NULL,
  reason          text NOT NULL,
  comment         text,
  state           jsonb NOT NULL,
  evidence        jsonb,
  signals         jsonb,
  plan            jsonb,
  policy_revision integer,
  config_revision integer NOT NULL,
  CONSTRAINT rollout_event_pkey PRIMARY KEY (rollout_id, seq),
  CONSTRAINT rollout_event_rollout_id_fkey FOREIGN KEY (rollout_id) REFERENCES rollout (id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TRIGGER rollout_event_immutable BEFORE UPDATE OR DELETE ON rollout_event
  FOR EACH ROW EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER rollout_event_kept BEFORE TRUNCATE ON rollout_event
  FOR EACH STATEMENT EXECUTE FUNCTION weir_refuse_change();
-- One that is over stays as it ended, and none is removed.
CREATE TRIGGER rollout_over_immutable BEFORE UPDATE ON rollout
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER rollout_undeletable BEFORE DELETE ON rollout
  FOR EACH ROW EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER rollout_kept BEFORE TRUNCATE ON rollout
  FOR EACH STATEMENT EXECUTE FUNCTION weir_refuse_change();
