-- Who is told of what happens in the mesh, and how.
CREATE TABLE notification_target (
  id             serial NOT NULL,
  name           text NOT NULL,
  url            text NOT NULL,
  format         text NOT NULL,               -- slack, json
  secret         text,                        -- what deliveries in json are signed with
  topics         text[] NOT NULL,
  least_severity text NOT NULL,               -- info, warning, critical
  paused         boolean NOT NULL DEFAULT false,
  created_at     timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  created_by     text NOT NULL,
  CONSTRAINT notification_target_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX notification_target_name_key ON notification_target (name);

-- What happened and somebody wants to hear of; written in the transaction of what it tells of.
CREATE TABLE notification (
  id       serial NOT NULL,
  uid      text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),  -- by which receivers know it again
  at       timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  topic    text NOT NULL,
  type     text NOT NULL,
  severity text NOT NULL,
  title    text NOT NULL,
  text     text NOT NULL,
  path     text NOT NULL,                     -- within the console
  data     jsonb NOT NULL,
  once     text,                              -- names what is told of once only
  CONSTRAINT notification_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX notification_once_key ON notification (once);
CREATE INDEX notification_at_idx ON notification (at);

-- One notification on its way to one receiver: a target, or a webhook of a rollout's plan. Those of one queue go in their order.
CREATE TABLE delivery (
  id              serial NOT NULL,
  notification_id integer NOT NULL,
  target_id       integer,
  hook            jsonb,                      -- of a plan: name, url, secret, timeoutMs
  queue           text NOT NULL,
  state           text NOT NULL DEFAULT 'waiting',  -- waiting, delivered, failed
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  attempted_at    timestamptz(3),
  status          integer,                    -- of the last answer
  answer          text,                       -- its beginning
  error           text,
  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification (id) ON DELETE CASCADE,
  CONSTRAINT delivery_target_id_fkey FOREIGN KEY (target_id) REFERENCES notification_target (id) ON DELETE CASCADE
);
CREATE INDEX delivery_waiting_idx ON delivery (queue, id) WHERE state = 'waiting';
CREATE INDEX delivery_target_id_idx ON delivery (target_id, id);
CREATE INDEX delivery_notification_id_idx ON delivery (notification_id);

-- What is being watched, how it stands, and since when it seems to stand otherwise: an alert goes out when that has lasted.
CREATE TABLE alert (
  subject      text NOT NULL,                 -- such as service/shop/payments, telemetry, sidecars/shop
  state        text NOT NULL,
  since        timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  seeming      text,
  seeming_since timestamptz(3),
  seen         timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT alert_pkey PRIMARY KEY (subject)
);
