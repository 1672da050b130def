-- How connections were secured (`mutual_tls`, `tls`, `none`; empty: nobody said) and how often a request was tried again
-- tell series apart, as the protocol does. Those there are keep their ids; what they counted is of no known security.
ALTER TABLE edge_series
  ADD COLUMN security text NOT NULL DEFAULT '',
  ADD COLUMN resends  smallint NOT NULL DEFAULT 0,
  ADD CONSTRAINT edge_series_key UNIQUE
    (source_id, destination_id, reporter, protocol, method, status_class, flag, security, resends),
  DROP CONSTRAINT edge_series_source_id_destination_id_reporter_protocol_meth_key;
