import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";
import { ConfigFileInvalid } from "./config-file.ts";

const DATABASE_URL = "postgres://weir:secret@127.0.0.1:5432/weir";
const at = (port: number, host = "127.0.0.1") => ({ host, port });

const defaults = {
  databaseUrl: DATABASE_URL,
  listen: at(4318),
  grpcListen: at(4317),
  zipkinListen: at(9411),
  scrape: undefined,
  memory: { limitBytes: 512 * 2 ** 20, spikeBytes: 128 * 2 ** 20 },
  attributeRules: {
    normalise: true,
    redaction: { keys: [], values: [], ignoredKeys: [], hashKey: undefined },
  },
  probabilisticSampling: undefined,
  tailSampling: undefined,
  forwarders: [],
  retentionHours: 24,
  retention: {},
  spool: undefined,
  logLevel: "info",
  selfTracingEndpoint: undefined,
};

test("only the database must be named", () => {
  expect(readConfig({ DATABASE_URL, WEIR_RETENTION_HOURS: "", WEIR_COLLECTOR_CONFIG: "" }, [])).toEqual(
    defaults,
  );
});

test("everything that is not in the file can be set", () => {
  const environment = {
    DATABASE_URL,
    WEIR_OTLP_HTTP_LISTEN: "[::1]:14318",
    WEIR_OTLP_GRPC_LISTEN: "[::1]:14317",
    WEIR_ZIPKIN_LISTEN: "[::1]:19411",
    WEIR_SPOOL_DIR: "/var/lib/weir",
    WEIR_SPOOL_MAX_BYTES: "5000000",
    WEIR_RETENTION_HOURS: "72",
    WEIR_RETENTION_ACCESS_LOGS_HOURS: "48",
    WEIR_RETENTION_EDGES_10S_HOURS: "12",
    LOG_LEVEL: "warn",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
  };
  expect(readConfig(environment, [])).toEqual({
    ...defaults,
    listen: at(14318, "::1"),
    grpcListen: at(14317, "::1"),
    zipkinListen: at(19411, "::1"),
    retentionHours: 72,
    retention: { accessLogs: 48, edges10s: 12 },
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
  ${{ DATABASE_URL, WEIR_ZIPKIN_LISTEN: "no" }}                        | ${/^WEIR_ZIPKIN_LISTEN must be off, or host:port/}
  ${{ DATABASE_URL, WEIR_SPOOL_DIR: "spool" }}                         | ${/^WEIR_SPOOL_DIR must be an absolute path/}
  ${{ DATABASE_URL, WEIR_SPOOL_DIR: "/s", WEIR_SPOOL_MAX_BYTES: "1" }} | ${/^WEIR_SPOOL_MAX_BYTES must be a whole number/}
  ${{ DATABASE_URL, WEIR_RETENTION_HOURS: "0" }}                       | ${/^WEIR_RETENTION_HOURS must be a whole number of hours/}
  ${{ DATABASE_URL, WEIR_RETENTION_LOGS_HOURS: "1.5" }}                | ${/^WEIR_RETENTION_LOGS_HOURS must be a whole number of hours/}
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

describe("with a file", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "weir-config-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function read(yaml: string, environment: Record<string, string> = {}) {
    const file = join(directory, "collector.yaml");
    writeFileSync(file, yaml);
    return readConfig({ DATABASE_URL, WEIR_COLLECTOR_CONFIG: file, ...environment }, []);
  }

  test("one that is empty changes nothing", () => {
    expect(read("")).toEqual(defaults);
  });

  test.each`
    receivers                                                                          | http    | grpc         | zipkin
    ${"{ otlp: {} }"}                                                                  | ${4318} | ${4317}      | ${undefined}
    ${"{ otlp: { protocols: { http: {} } } }"}                                         | ${4318} | ${undefined} | ${undefined}
    ${"{ otlp: { protocols: { grpc: { endpoint: '127.0.0.1:5' } } } }"}                | ${4318} | ${5}         | ${undefined}
    ${"{ otlp: { protocols: { http: { endpoint: '127.0.0.1:6' } } }, envoy_als: {} }"} | ${6}    | ${4317}      | ${undefined}
    ${"{ zipkin: }"}                                                                   | ${4318} | ${undefined} | ${9411}
  `("receivers: $receivers listen at $http, $grpc, $zipkin", ({ receivers, http, grpc, zipkin }) => {
    const config = read(`receivers: ${receivers}`);
    expect([config.listen.port, config.grpcListen?.port, config.zipkinListen?.port]).toEqual([
      http,
      grpc,
      zipkin,
    ]);
  });

  test("the environment decides where both say something", () => {
    const config = read(
      `
receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:1" }, grpc: { endpoint: "127.0.0.1:2" } } } }
exporters:
  postgres:
    retention: { default: 5h, traces: 6h, logs: 7h }
    spool: { directory: /var/lib/a, max_mib: 2 }
`,
      {
        WEIR_OTLP_HTTP_LISTEN: "127.0.0.1:11",
        WEIR_OTLP_GRPC_LISTEN: "off",
        WEIR_ZIPKIN_LISTEN: "127.0.0.1:13",
        WEIR_RETENTION_HOURS: "15",
        WEIR_RETENTION_TRACES_HOURS: "16",
        WEIR_SPOOL_DIR: "/var/lib/b",
      },
    );
    expect(config).toEqual({
      ...defaults,
      listen: at(11),
      grpcListen: undefined,
      zipkinListen: at(13),
      retentionHours: 15,
      retention: { spans: 16, logs: 7 },
      spool: { directory: "/var/lib/b", maxBytes: 2 * 2 ** 20 },
    });
  });

  test("what is hidden, sampled and passed on is the file's to say", () => {
    const certificates = join(directory, "ca.pem");
    writeFileSync(certificates, "of this house");
    const config = read(`
processors:
  semantic_conventions: { normalise: false }
  attributes: { actions: [{ key: a, action: delete }, { pattern: b, action: hash }], hash_key: 0123456789abcdef }
  redaction: { blocked_key_patterns: [c], blocked_values: [d], ignored_keys: [e] }
  tail_sampling: { decision_wait: 1s, policies: [{ name: all, type: always_sample }] }
exporters:
  postgres: { spool: { directory: /var/lib/a } }
  otlp_forward: [{ endpoint: "https://jaeger/otlp", timeout: 1s, tls: { ca_file: ${certificates} } }]
`);
    expect(config.attributeRules).toEqual({
      normalise: false,
      redaction: {
        keys: [
          { key: "a", action: "drop" },
          { pattern: "b", action: "hash" },
          { pattern: "c", action: "mask" },
        ],
        values: ["d"],
        ignoredKeys: ["e"],
        hashKey: "0123456789abcdef",
      },
    });
    const share = "processors: { probabilistic_sampler: { sampling_percentage: 5, mode: proportional } }";
    expect(read(share).probabilisticSampling).toEqual({ percentage: 5, mode: "proportional" });
    expect(config.tailSampling?.decision_wait).toBe(1000);
    expect(config.forwarders).toEqual([
      {
        endpoint: new URL("https://jaeger/otlp"),
        signals: ["traces", "metrics", "logs"],
        headers: {},
        compression: "gzip",
        ca: "of this house",
        timeoutMs: 1000,
        retry: { initialIntervalMs: 5000, maxIntervalMs: 30_000, maxElapsedMs: 300_000 },
        queue: { maxBytes: 32 * 2 ** 20, consumers: 4 },
      },
    ]);
  });

  test.each`
    endpoint                   | listen              | own
    ${"http://127.0.0.1:4318"} | ${"127.0.0.1:4318"} | ${true}
    ${"http://localhost:4318"} | ${"0.0.0.0:4318"}   | ${true}
    ${"http://[::1]:4318"}     | ${"127.0.0.1:4318"} | ${true}
    ${"http://localhost"}      | ${"127.0.0.1:80"}   | ${true}
    ${"http://127.0.0.1:4319"} | ${"127.0.0.1:4318"} | ${false}
    ${"http://jaeger:4318"}    | ${"0.0.0.0:4318"}   | ${false}
    ${"https://localhost"}     | ${"127.0.0.1:80"}   | ${false}
  `(
    "to forward to $endpoint while listening at $listen is to forward to itself: $own",
    ({ endpoint, listen, own }) => {
      const reading = () =>
        read(`exporters: { otlp_forward: [{ endpoint: "${endpoint}" }] }`, { WEIR_OTLP_HTTP_LISTEN: listen });
      if (own) expect(reading).toThrow(/^exporters\.otlp_forward\[0\]\.endpoint is this collector's own/);
      else expect(reading).not.toThrow();
    },
  );

  test("tail sampling without a spool is refused, and possible with one from the environment", () => {
    const yaml = "processors: { tail_sampling: { policies: [{ name: all, type: always_sample }] } }";
    expect(() => read(yaml)).toThrow(
      /^processors\.tail_sampling needs exporters\.postgres\.spool, or WEIR_SPOOL_DIR/,
    );
    expect(read(yaml, { WEIR_SPOOL_DIR: "/var/lib/a" }).tailSampling?.policies).toHaveLength(1);
  });

  test("two ways of sampling at once are refused: each would tear what the other keeps", () => {
    const yaml =
      "processors: { probabilistic_sampler: { sampling_percentage: 5 }, tail_sampling: { policies: [{ name: all, type: always_sample }] } }";
    expect(() => read(yaml, { WEIR_SPOOL_DIR: "/var/lib/a" })).toThrow(/would tear traces/);
  });

  test("certificates that cannot be read are named", () => {
    const yaml = 'exporters: { otlp_forward: [{ endpoint: "https://a", tls: { ca_file: /nowhere.pem } }] }';
    expect(() => read(yaml)).toThrow(/^exporters\.otlp_forward\[0\]\.tls\.ca_file cannot be read: ENOENT/);
  });

  test("one that is wrong says so by its name", () => {
    expect(() => read("nonsense: 1")).toThrow(ConfigFileInvalid);
    expect(() => read("nonsense: 1")).toThrow(/collector\.yaml: nonsense is not known here/);
  });
});
