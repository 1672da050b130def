-- The config model: what operators decide, and what sidecars register. schema.prisma describes the same tables.

CREATE TABLE mesh (
  id         integer NOT NULL DEFAULT 1,
  mode       text NOT NULL DEFAULT 'observe',
  hold       boolean NOT NULL DEFAULT false,
  revision   integer NOT NULL DEFAULT 0,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT mesh_pkey PRIMARY KEY (id),
  CONSTRAINT mesh_one_row CHECK (id = 1),
  CONSTRAINT mesh_mode CHECK (mode IN ('observe', 'enforce'))
);
INSERT INTO mesh DEFAULT VALUES;

CREATE TABLE namespace (
  id         serial NOT NULL,
  name       text NOT NULL,
  mode       text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT namespace_pkey PRIMARY KEY (id),
  CONSTRAINT namespace_mode CHECK (mode IN ('observe', 'enforce'))
);
CREATE UNIQUE INDEX namespace_name_key ON namespace (name);

CREATE TABLE service (
  id             serial NOT NULL,
  namespace_id   integer NOT NULL,
  name           text NOT NULL,
  hosts          text[] DEFAULT ARRAY[]::text[],
  protocol       text NOT NULL DEFAULT 'http',
  mode           text,
  stable_version text,
  created_at     timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT service_pkey PRIMARY KEY (id),
  CONSTRAINT service_namespace_id_fkey FOREIGN KEY (namespace_id) REFERENCES namespace (id)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT service_mode CHECK (mode IN ('observe', 'enforce')),
  CONSTRAINT service_protocol CHECK (protocol IN ('http', 'http2', 'grpc', 'tcp'))
);
CREATE UNIQUE INDEX service_namespace_id_name_key ON service (namespace_id, name);

CREATE TABLE workload (
  id         serial NOT NULL,
  service_id integer NOT NULL,
  version    text NOT NULL,
  first_seen timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_seen  timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workload_pkey PRIMARY KEY (id),
  CONSTRAINT workload_service_id_fkey FOREIGN KEY (service_id) REFERENCES service (id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX workload_service_id_version_key ON workload (service_id, version);

CREATE TABLE sidecar (
  proxy_id        text NOT NULL,
  workload_id     integer NOT NULL,
  controller_id   text NOT NULL,
  address         text,
  zone            text,
  release         text NOT NULL,
  connected       boolean NOT NULL DEFAULT true,
  connected_at    timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  disconnected_at timestamptz(3),
  lease_until     timestamptz(3) NOT NULL,
  wanted_version  text,
  wanted_at       timestamptz(3),
  acked_version   text,
  acked_at        timestamptz(3),
  nacked_version  text,
  nacked_at       timestamptz(3),
  nack_reason     text,
  CONSTRAINT sidecar_pkey PRIMARY KEY (proxy_id),
  CONSTRAINT sidecar_workload_id_fkey FOREIGN KEY (workload_id) REFERENCES workload (id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX sidecar_lease_until_idx ON sidecar (lease_until);

CREATE TABLE endpoint (
  proxy_id    text NOT NULL,
  workload_id integer NOT NULL,
  address     text NOT NULL,
  zone        text,
  lease_until timestamptz(3) NOT NULL,
  CONSTRAINT endpoint_pkey PRIMARY KEY (proxy_id),
  CONSTRAINT endpoint_proxy_id_fkey FOREIGN KEY (proxy_id) REFERENCES sidecar (proxy_id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT endpoint_workload_id_fkey FOREIGN KEY (workload_id) REFERENCES workload (id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
-- One process answers at one address: whoever registers it last holds it.
CREATE UNIQUE INDEX endpoint_address_key ON endpoint (address);
CREATE INDEX endpoint_lease_until_idx ON endpoint (lease_until);

CREATE TABLE policy (
  id         serial NOT NULL,
  namespace  text NOT NULL,
  name       text NOT NULL,
  target     text NOT NULL,
  kind       text NOT NULL,
  revision   integer NOT NULL,
  deleted    boolean NOT NULL DEFAULT false,
  spec       jsonb NOT NULL,
  changed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  changed_by text NOT NULL,
  CONSTRAINT policy_pkey PRIMARY KEY (id),
  CONSTRAINT policy_revision_positive CHECK (revision >= 1)
);
CREATE UNIQUE INDEX policy_namespace_name_key ON policy (namespace, name);

CREATE TABLE policy_revision (
  policy_id       integer NOT NULL,
  revision        integer NOT NULL,
  spec            jsonb,
  author          text NOT NULL,
  reason          text,
  config_revision integer NOT NULL,
  created_at      timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT policy_revision_pkey PRIMARY KEY (policy_id, revision),
  CONSTRAINT policy_revision_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES policy (id)
    ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE audit_entry (
  id              serial NOT NULL,
  at              timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  config_revision integer NOT NULL,
  author          text NOT NULL,
  reason          text,
  action          text NOT NULL,
  subject         text NOT NULL,
  before          jsonb,
  after           jsonb,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_entry_subject_id_idx ON audit_entry (subject, id);

-- What was accepted once stays what it was, whoever holds the connection.
CREATE FUNCTION weir_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are immutable', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER policy_revision_immutable BEFORE UPDATE OR DELETE ON policy_revision
  FOR EACH ROW EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER policy_revision_kept BEFORE TRUNCATE ON policy_revision
  FOR EACH STATEMENT EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER audit_entry_immutable BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION weir_refuse_change();
