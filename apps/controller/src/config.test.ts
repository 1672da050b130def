import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const DATABASE_URL = "postgres://weir:secret@127.0.0.1:5432/weir";

test("needs only the database; the rest has defaults, and an empty variable is an absent one", () => {
  expect(readConfig({ DATABASE_URL, LOG_LEVEL: "", OTEL_EXPORTER_OTLP_ENDPOINT: "" }, [])).toEqual({
    databaseUrl: DATABASE_URL,
    listen: { host: "127.0.0.1", port: 4600 },
    consoleUrl: "http://127.0.0.1:3000",
    webhookLoopback: false,
    logLevel: "info",
    otlpEndpoint: undefined,
  });
});

test("takes what is set", () => {
  const env = {
    DATABASE_URL: "postgresql://db/weir",
    WEIR_CONTROLLER_LISTEN: "[::1]:4700",
    WEIR_CONSOLE_URL: "https://weir.example/mesh/",
    WEIR_WEBHOOK_LOOPBACK: "allow",
    LOG_LEVEL: "debug",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
  };
  expect(readConfig(env, [])).toEqual({
    databaseUrl: "postgresql://db/weir",
    listen: { host: "::1", port: 4700 },
    consoleUrl: "https://weir.example/mesh",
    webhookLoopback: true,
    logLevel: "debug",
    otlpEndpoint: "http://127.0.0.1:4318",
  });
});

test.each`
  env                                                      | args            | sentence
  ${{}}                                                    | ${[]}           | ${/^DATABASE_URL must be set/}
  ${{ DATABASE_URL: "" }}                                  | ${[]}           | ${/^DATABASE_URL must be set/}
  ${{ DATABASE_URL: "mysql://root:secret@db/weir" }}       | ${[]}           | ${/^DATABASE_URL must start with postgres:/}
  ${{ DATABASE_URL, WEIR_CONTROLLER_LISTEN: "4600" }}      | ${[]}           | ${/^WEIR_CONTROLLER_LISTEN must be host:port/}
  ${{ DATABASE_URL, WEIR_CONTROLLER_LISTEN: "a:70000" }}   | ${[]}           | ${/^WEIR_CONTROLLER_LISTEN must be host:port/}
  ${{ DATABASE_URL, WEIR_WEBHOOK_LOOPBACK: "yes" }}        | ${[]}           | ${/^WEIR_WEBHOOK_LOOPBACK must be allow or refuse/}
  ${{ DATABASE_URL, LOG_LEVEL: "loud" }}                   | ${[]}           | ${/^LOG_LEVEL must be one of trace, debug/}
  ${{ DATABASE_URL, OTEL_EXPORTER_OTLP_ENDPOINT: "4318" }} | ${[]}           | ${/^OTEL_EXPORTER_OTLP_ENDPOINT must be an http/}
  ${{ DATABASE_URL }}                                      | ${["--port=1"]} | ${/takes no arguments, and was given --port=1/}
`("$env with $args is refused in one sentence", ({ env, args, sentence }) => {
  const refusal = () => readConfig(env, args);
  expect(refusal).toThrow(ConfigError);
  expect(refusal).toThrow(sentence);
  expect(refusal).not.toThrow(/secret/);
});
