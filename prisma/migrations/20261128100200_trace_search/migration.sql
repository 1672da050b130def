-- What a search of traces finds its rows by, besides the time.

-- A service, operation or set of attributes that few spans have. Rows follow time closely in their order, so a range of
-- pages holds seconds: of each range the index keeps its times and, as Bloom filters of 1 % false positives, what its
-- spans name. Two bytes a span; only ranges that are summarised have it (see summariseNewRows), all others are read.
-- Columns of one index, not four indexes: the time alone would seem as good to the planner, which cannot know how
-- many ranges a filter leaves out. The filters are as large as lets two ranges fit into a page.
DROP INDEX span_start_ns_idx;
CREATE INDEX span_search_idx ON span USING brin (
  start_ns,
  service_id int4_bloom_ops (n_distinct_per_range = 500),
  operation_id int4_bloom_ops (n_distinct_per_range = 1300),
  attribute_set_id int4_bloom_ops (n_distinct_per_range = 1300)
) WITH (pages_per_range = 32);

-- Attributes that a span has of its own: ids and paths, nearly each of them met once. A row holds those of one commit
-- and hour: hash N is of an attribute among the spans of trace `traces[owners[N]]`. About five bytes an
-- attribute, where a GIN index on the attributes takes ninety and doubles what is written to the log.
CREATE TABLE span_value (
  hour_ns bigint NOT NULL,                  -- of the spans' start
  hashes  integer[] NOT NULL,               -- CRC-32 of name and value, ascending: looked up by width_bucket
  owners  smallint[] NOT NULL,
  traces  uuid[] NOT NULL
) PARTITION BY RANGE (hour_ns);
-- Hashes and ids do not compress, so nobody shall try.
ALTER TABLE span_value ALTER hashes SET STORAGE EXTERNAL, ALTER owners SET STORAGE EXTERNAL, ALTER traces SET STORAGE EXTERNAL;
CREATE TABLE span_value_default PARTITION OF span_value DEFAULT;
