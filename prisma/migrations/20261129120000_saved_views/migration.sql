-- Addresses within the console that people named, shared by all of its users.
CREATE TABLE saved_view (
  id         serial NOT NULL,
  name       text NOT NULL,
  href       text NOT NULL,
  author     text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT saved_view_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX saved_view_name_key ON saved_view (name);
