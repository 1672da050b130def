-- How fast a change of the config reached the sidecars that it concerned: those of a namespace whose snapshot it changed.
-- Its last answer is the moment when all of them ran it. Bounded by time and by count, see expireLeases in packages/store/src/config/leases.ts.
CREATE TABLE convergence (
  config_revision integer NOT NULL,
  namespace       text NOT NULL,
  changed_at      timestamptz(3) NOT NULL,
  sidecars        integer NOT NULL,           -- connected and running another snapshot when it was sent
  acked           integer NOT NULL DEFAULT 0,
  refused         integer NOT NULL DEFAULT 0,
  last_acked_at   timestamptz(3),
  CONSTRAINT convergence_pkey PRIMARY KEY (config_revision, namespace)
);

-- The config that the wanted snapshot came from (0: not known, the controller had just started), and the one up to which
-- nothing is waited for: what the sidecar began with, or last took.
ALTER TABLE sidecar ADD COLUMN wanted_revision integer, ADD COLUMN settled_revision integer;
