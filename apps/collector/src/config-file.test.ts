import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generatedSchema } from "./config-file/generated-schema.ts";
import { ConfigFileInvalid, parseConfigFile, readConfigFile } from "./config-file.ts";

const parse = (text: string, environment = {}) => parseConfigFile(text, "collector.yaml", environment);

test("a file that says nothing sets nothing", () => {
  expect(parse("")).toEqual(parse("processors: {}\nexporters: {}"));
  expect(parse("").receivers).toBeUndefined();
  expect(parse("").processors.memory_limiter).toEqual({
    limitBytes: 512 * 2 ** 20,
    spikeBytes: 128 * 2 ** 20,
  });
});

test("sections that are named and left empty have their defaults", () => {
  const { receivers, exporters } = parse("receivers:\n  otlp:\n  zipkin:\nexporters:\n  postgres:");
  expect(receivers).toEqual({
    otlp: {
      protocols: {
        grpc: { endpoint: { host: "127.0.0.1", port: 4317 } },
        http: { endpoint: { host: "127.0.0.1", port: 4318 } },
      },
    },
    zipkin: { endpoint: { host: "127.0.0.1", port: 9411 } },
  });
  expect(exporters.postgres).toEqual({ retention: {} });
});

const page = readFileSync(new URL("../../../docs/collector.md", import.meta.url), "utf8");

describe("the file in the documentation", () => {
  const [, example = ""] = /^```yaml\n(# collector\.yaml[\s\S]*?)^```$/m.exec(page) ?? [];
  const environment = { HASH_KEY: "a key of this house", JAEGER_TOKEN: "secret" };

  test("is understood whole, and names every section that there is", () => {
    const { receivers, processors, exporters } = parse(example, environment);
    expect(Object.keys(receivers ?? {}).sort()).toEqual(["envoy_als", "otlp", "prometheus", "zipkin"]);
    expect(receivers?.prometheus?.config.jobs).toHaveLength(2);
    expect(Object.values(processors).filter((section) => section === undefined)).toEqual([]);
    expect(processors.tail_sampling?.policies.map(({ type }) => type)).toContain("drop");
    expect(processors.attributes.hash_key).toBe("a key of this house");
    expect(Object.keys(exporters.postgres.retention)).toHaveLength(12);
    expect(exporters.otlp_forward).toMatchObject([
      {
        endpoint: new URL("http://jaeger:4318"),
        headers: { authorization: "Bearer secret" },
        signals: ["traces"],
      },
    ]);
  });

  test("says the same with the defaults that it shows left out", () => {
    const shown = parse(example, environment);
    const lines = example.split("\n").filter((line) => !/# default$/.test(line));
    expect(lines.length).toBeLessThan(example.split("\n").length - 5);
    expect(parse(lines.join("\n"), environment)).toEqual(shown);
  });
});

describe("what cannot be meant", () => {
  test.each`
    yaml                                                                                                        | message
    ${"receivers: [otlp]"}                                                                                      | ${"receivers must be of type object, received array"}
    ${"recievers: {}"}                                                                                          | ${"recievers is not known here; did you mean receivers?"}
    ${"service: { pipelines: {} }"}                                                                             | ${/^service is not known here: pipelines are fixed here/}
    ${"receivers: { jaeger: {} }"}                                                                              | ${/^receivers\.jaeger is not known here: Jaeger's clients speak OTLP/}
    ${"receivers: { kafka: {} }"}                                                                               | ${"receivers.kafka is not known here; there are otlp, zipkin, envoy_als, prometheus"}
    ${"receivers: { otlp/2: {} }"}                                                                              | ${"receivers.otlp/2 is not known here; did you mean otlp?"}
    ${"receivers: { zipkin: { endpoint: '9411' } }"}                                                            | ${/^receivers\.zipkin\.endpoint must be host:port/}
    ${"receivers: { prometheus: { config: { scrape_configs: [{ job_name: a, metrics_pth: /m }] } } }"}          | ${"receivers.prometheus.config.scrape_configs[0].metrics_pth is not known here; did you mean metrics_path?"}
    ${"processors: { batch: {} }"}                                                                              | ${/^processors\.batch is not known here: the exporter makes its own batches/}
    ${"processors: { memory_limiter: { limit_mib: 100 } }"}                                                     | ${/^processors\.memory_limiter\.limit_mib must be 256 or more/}
    ${"processors: { memory_limiter: { limit_mib: 512, spike_limit_mib: 512 } }"}                               | ${/spike_limit_mib must be less than limit_mib/}
    ${"processors: { attributes: { actions: [{ action: delete }] } }"}                                          | ${"processors.attributes.actions[0] needs key or pattern"}
    ${"processors: { attributes: { actions: [{ key: a, action: insert }] } }"}                                  | ${/actions\[0\]\.action must be delete, hash or mask/}
    ${"processors: { attributes: { actions: [{ pattern: '(a', action: mask }] } }"}                             | ${/pattern has a '\(' that is never closed/}
    ${"processors: { redaction: { allow_all_keys: false } }"}                                                   | ${/allow_all_keys can only be true/}
    ${"processors: { redaction: { blocked_values: ['(a)\\1'] } }"}                                              | ${/blocked_values\[0\] has a backreference/}
    ${"processors: { probabilistic_sampler: { sampling_percentage: 101 } }"}                                    | ${/sampling_percentage/}
    ${"processors: { tail_sampling: { policies: [{ name: a, type: composite }] } }"}                            | ${/policies\[0\]\.type must be one of always_sample, /}
    ${"processors: { tail_sampling: { policies: [{ name: a, type: latency, latency: { treshold_ms: 1 } }] } }"} | ${/latency\.treshold_ms is not known here; did you mean threshold_ms\?/}
    ${"exporters: { otlp_http: {} }"}                                                                           | ${/other backends are listed under exporters\.otlp_forward/}
    ${"exporters: { otlp_forward: [{ endpoint: 'jaeger:4318' }] }"}                                             | ${/otlp_forward\[0\]\.endpoint must be an http/}
    ${"exporters: { postgres: { retention: { traces: 90m } } }"}                                                | ${/retention\.traces must be whole hours/}
    ${"exporters: { postgres: { retention: { traces: 24 } } }"}                                                 | ${/retention\.traces must be of type string/}
    ${"exporters: { postgres: { retention: { edges_10: 1h } } }"}                                               | ${/edges_10 is not known here; did you mean edges_10s\?/}
    ${"exporters: { postgres: { spool: { directory: spool } } }"}                                               | ${/spool\.directory must be an absolute path/}
    ${"a: [1"}                                                                                                  | ${/^is not YAML: .* at line 1, column \d+/}
    ${"processors: {}\nprocessors: {}"}                                                                         | ${/^is not YAML: Map keys must be unique at line/}
  `("$yaml: $message", ({ yaml, message }) => {
    const error = errorOf(() => parse(yaml));
    expect(error).toBeInstanceOf(ConfigFileInvalid);
    const [, fault] = /^collector\.yaml: ([\s\S]*)$/.exec(error.message) ?? [];
    if (typeof message === "string") expect(fault).toContain(message);
    else expect(fault).toMatch(message);
  });

  test("all of it is said at once", () => {
    const { message } = errorOf(() => parse("a: 1\nreceivers: { b: 1, zipkin: { endpoint: c } }"));
    expect(message.split("; ").length).toBeGreaterThanOrEqual(3);
  });

  test("a file that is not there is named", () => {
    expect(() => readConfigFile("/nowhere/collector.yaml", {})).toThrow(
      /^\/nowhere\/collector\.yaml: cannot be read: ENOENT/,
    );
  });
});

describe("variables of the environment", () => {
  const ref = (inside: string): string => `$\{env:${inside}}`;
  const keyOf = (text: string, environment = {}) =>
    parse(`processors: { attributes: { hash_key: '${text}' } }`, environment).processors.attributes.hash_key;

  test.each`
    text                              | environment                    | value
    ${`a${ref("B")}c d e f g h i j`}  | ${{ B: "b" }}                  | ${"abc d e f g h i j"}
    ${ref("B:-0123456789abcdef")}     | ${{}}                          | ${"0123456789abcdef"}
    ${ref("B:-0123456789abcdef")}     | ${{ B: "of the environment" }} | ${"of the environment"}
    ${`$${ref("B")} is not replaced`} | ${{ B: "b" }}                  | ${`${ref("B")} is not replaced`}
    ${"$B stays as it is, $5 too"}    | ${{ B: "b" }}                  | ${"$B stays as it is, $5 too"}
  `("'$text' is '$value'", ({ text, environment, value }) => {
    expect(keyOf(text, environment)).toBe(value);
  });

  test("a text that is nothing but a variable may be a number", () => {
    const { processors } = parse(`processors: { memory_limiter: { limit_mib: '${ref("MIB")}' } }`, {
      MIB: "1024",
    });
    expect(processors.memory_limiter.limitBytes).toBe(2 ** 30);
  });

  test("one that is not set is named, and what others hold is not", () => {
    const error = errorOf(() => keyOf(`${ref("SECRET")} ${ref("MISSING")}`, { SECRET: "of this house" }));
    expect(error.message).toMatch(/names the variable MISSING, which is not set/);
    expect(error.message).not.toMatch(/of this house/);
  });
});

test("the published schema is what the code says (run generate-schema.ts)", () => {
  const { file, schema } = generatedSchema();
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)));
});

function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
