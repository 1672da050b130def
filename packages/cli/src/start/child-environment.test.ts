import { expect, test } from "vitest";
import { shopEnvironment, weirEnvironment } from "./child-environment.ts";

const person = {
  PATH: "/usr/bin",
  HOME: "/nowhere",
  LC_ALL: "C.UTF-8",
  NODE_COMPILE_CACHE: "/cache",
  HTTP_PROXY: "http://proxy:3128",
  https_proxy: "http://proxy:3128",
  ALL_PROXY: "socks://proxy",
  NO_PROXY: "localhost",
  NODE_USE_ENV_PROXY: "1",
  NODE_OPTIONS: "--inspect",
  NODE_ENV: "development",
  PORT: "80",
  HOSTNAME: "laptop",
  DATABASE_URL: "postgres://somewhere",
  npm_config_registry: "http://registry",
  LOG_LEVEL: "debug",
  WEIR_RETENTION_HOURS: "2",
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318",
  EMPTY: "",
};
const common = {
  MALLOC_ARENA_MAX: "2",
  PATH: "/usr/bin",
  HOME: "/nowhere",
  LC_ALL: "C.UTF-8",
  NODE_COMPILE_CACHE: "/cache",
};

test("Weir's own processes see what is meant for them, and no proxy", () => {
  const meant = {
    LOG_LEVEL: "debug",
    WEIR_RETENTION_HOURS: "2",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318",
  };
  expect(weirEnvironment(person)).toEqual({ ...common, ...meant });
});

test("the shop sees none of it", () => {
  expect(shopEnvironment(person)).toEqual(common);
});
