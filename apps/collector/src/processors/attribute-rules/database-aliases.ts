import { type Aliases, renamed } from "./alias.ts";

/** Values of `db.system` that `db.system.name` spells differently; `postgres` never was one, and is often written. */
const systems = {
  adabas: "softwareag.adabas",
  intersystems_cache: "intersystems.cache",
  cosmosdb: "azure.cosmosdb",
  db2: "ibm.db2",
  dynamodb: "aws.dynamodb",
  firebird: "firebirdsql",
  h2: "h2database",
  hanadb: "sap.hana",
  informix: "ibm.informix",
  ingres: "actian.ingres",
  maxdb: "sap.maxdb",
  mssql: "microsoft.sql_server",
  netezza: "ibm.netezza",
  oracle: "oracle.db",
  postgres: "postgresql",
  redshift: "aws.redshift",
  spanner: "gcp.spanner",
} as const;

/**
 * Database conventions 1.33 (stable) from those of 1.24 and before (OpenTelemetry: database semantic convention stability
 * migration guide; schemas 1.8, 1.25, 1.27, 1.30).
 */
export const databaseAliases: Aliases = {
  "db.system": { name: "db.system.name", values: systems },
  ...renamed({
    "db.statement": "db.query.text",
    "db.name": "db.namespace",
    "db.operation": "db.operation.name",
    "db.sql.table": "db.collection.name",
    "db.mongodb.collection": "db.collection.name",
    "db.cassandra.table": "db.collection.name",
    "db.cosmosdb.container": "db.collection.name",
    "db.cassandra.keyspace": "db.namespace",
    "db.hbase.namespace": "db.namespace",
    "db.elasticsearch.cluster.name": "db.namespace",
  }),
  "db.redis.database_index": { name: "db.namespace", asText: true },
};
