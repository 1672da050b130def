import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const DATABASE_URL = "postgres://weir:secret@127.0.0.1:5432/weir";

test("only the database must be named", () => {
  expect(readConfig({ DATABASE_URL, WEIR_RETENTION_HOURS: "" }, [])).toEqual({
    databaseUrl: DATABASE_URL,
    listen: { host: "127.0.0.1", port: 4318 },
    grpcListen: { host: "127.0.0.1", port: 4317 },
    zipkinListen: { host: "127.0.0.1", port: 9411 },
    retentionHours: 24,
    spool: undefined,
    logLevel: "info",
    selfTracingEndpoint: undefined,
  });
});

test("everything can be set", () => {
  const environment = {
    DATABASE_URL,
    WEIR_OTLP_HTTP_LISTEN: "[::1]:14318",
    WEIR_OTLP_GRPC_LISTEN: "[::1]:14317",
    WEIR_ZIPKIN_LISTEN: "[::1]:19411",
    WEIR_SPOOL_DIR: "/var/lib/weir",
    WEIR_SPOOL_MAX_BYTES: "5000000",
    WEIR_RETENTION_HOURS: "72",
    LOG_LEVEL: "warn",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
  };
  expect(readConfig(environment, [])).toEqual({
    databaseUrl: DATABASE_URL,
    listen: { host: "::1", port: 14318 },
    grpcListen: { host: "::1", port: 14317 },
    zipkinListen: { host: "::1", port: 19411 },
    retentionHours: 72,
    spool: { directory: "/var/lib/weir", maxBytes: 5_000_000 },
    logLevel: "warn",
    selfTracingEndpoint: "http://127.0.0.1:4318",
  });
});

test.each`
  environment                                                          | message
  ${{}}                                                                | ${/^DATABASE_URL is not set; it must be a Postgres URL/}
  ${{ DATABASE_URL: "mysql://root:secret@db/x" }}                      | ${/^DATABASE_URL must be a Postgres URL/}
  ${{ DATABASE_URL, WEIR_OTLP_HTTP_LISTEN: "4318" }}                   | ${/^WEIR_OTLP_HTTP_LISTEN must be host:port/}
  ${{ DATABASE_URL, WEIR_SPOOL_DIR: "spool" }}                         | ${/^WEIR_SPOOL_DIR must be an absolute path/}
  ${{ DATABASE_URL, WEIR_SPOOL_DIR: "/s", WEIR_SPOOL_MAX_BYTES: "1" }} | ${/^WEIR_SPOOL_MAX_BYTES must be a whole number/}
  ${{ DATABASE_URL, WEIR_RETENTION_HOURS: "0" }}                       | ${/^WEIR_RETENTION_HOURS must be a whole number of hours/}
  ${{ DATABASE_URL, WEIR_RETENTION_HOURS: "1.5" }}                     | ${/^WEIR_RETENTION_HOURS must be a whole number of hours/}
  ${{ DATABASE_URL, LOG_LEVEL: "loud" }}                               | ${/^LOG_LEVEL must be one of trace, debug, info/}
  ${{ DATABASE_URL, OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://host" }}       | ${/^OTEL_EXPORTER_OTLP_ENDPOINT must be an http/}
`("$message", ({ environment, message }) => {
  const read = () => readConfig(environment, []);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/secret/);
});

test("what is off is not listened for", () => {
  const config = readConfig({ DATABASE_URL, WEIR_OTLP_GRPC_LISTEN: "off", WEIR_ZIPKIN_LISTEN: "off" }, []);
  expect([config.grpcListen, config.zipkinListen]).toEqual([undefined, undefined]);
});

test("arguments are refused, for there are none", () => {
  expect(() => readConfig({ DATABASE_URL }, ["--port", "1"])).toThrow(/^unknown argument --port/);
});
