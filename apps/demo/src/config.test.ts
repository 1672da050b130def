import { expect, test } from "vitest";
import { ConfigError, readLoadgenConfig, readServiceConfig } from "./config.ts";

const valid = { PORT: "8081", DATA_DIR: "/tmp/shop" };

test("the entry's own name and version v1 are the defaults", () => {
  expect(readServiceConfig("catalog", valid)).toEqual({
    name: "catalog",
    version: "v1",
    port: 8081,
    dataDir: "/tmp/shop",
    logLevel: "info",
    backgroundErrorRate: 0.01,
  });
});

test.each`
  change                              | says
  ${{ PORT: undefined }}              | ${"PORT must be a whole number from 0 to 65535"}
  ${{ PORT: "80a" }}                  | ${"PORT"}
  ${{ PORT: "65536" }}                | ${"PORT"}
  ${{ DATA_DIR: "" }}                 | ${"DATA_DIR is not set"}
  ${{ SERVICE_VERSION: "../v1" }}     | ${"SERVICE_VERSION"}
  ${{ LOG_LEVEL: "loud" }}            | ${"LOG_LEVEL must be one of"}
  ${{ BACKGROUND_ERROR_RATE: "1.1" }} | ${"BACKGROUND_ERROR_RATE must be a number from 0 to 1"}
`("$change is refused: $says", ({ change, says }) => {
  const read = () => readServiceConfig("catalog", { ...valid, ...change });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(says);
});

test.each`
  rate          | rps
  ${undefined}  | ${8}
  ${"0"}        | ${0}
  ${"0.5"}      | ${0.5}
  ${"200"}      | ${200}
  ${"200.1"}    | ${"refused"}
  ${"-1"}       | ${"refused"}
  ${"Infinity"} | ${"refused"}
  ${"many"}     | ${"refused"}
`("RATE $rate: $rps", ({ rate, rps }) => {
  const read = () => readLoadgenConfig({ RATE: rate }).rps;
  if (rps === "refused") expect(read).toThrow("RATE must be a number from 0 to 200");
  else expect(read()).toBe(rps);
});

test.each(["https://shop", "127.0.0.1:8080", "shop"])("TARGET %s is refused", (target) => {
  expect(() => readLoadgenConfig({ TARGET: target })).toThrow("TARGET must be an http:// address");
});
