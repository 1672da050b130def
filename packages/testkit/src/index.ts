/**
 * Real Postgres, real sockets and free ports, for tests only.
 *
 * The root `vitest.config.ts` names `global-setup.ts`. A test that needs a database calls
 * `createTestDatabase()`: the first call of a run starts one Postgres, shared by all of its tests; each gets a
 * migrated database of its own within milliseconds.
 */
export { createTestDatabase, type TestDatabase } from "./create-test-database.ts";
export { freePort } from "./free-port.ts";
export { type RawResponse, rawHttp } from "./raw-http.ts";
export { startTestPostgres, type TestPostgres } from "./start-test-postgres.ts";
export { startTcpRelay, type TcpRelay } from "./tcp-relay.ts";
export { waitFor } from "./wait-for.ts";
