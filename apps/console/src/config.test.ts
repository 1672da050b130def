import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const DATABASE_URL = "postgres://weir:secret@127.0.0.1:54329/weir";

test("what is not set has its default", () => {
  expect(readConfig({ DATABASE_URL, WEIR_AUTHOR: "ada" })).toMatchObject({
    databaseUrl: DATABASE_URL,
    author: "ada",
    controllerUrl: "http://127.0.0.1:4600",
    collectorUrl: "http://127.0.0.1:4318",
    allowedHosts: [],
    logLevel: "info",
  });
});

test("hosts are a list, in lower case", () => {
  const { allowedHosts } = readConfig({ DATABASE_URL, WEIR_CONSOLE_HOSTS: "Mesh.example.org, weir" });
  expect(allowedHosts).toEqual(["mesh.example.org", "weir"]);
});

test.each`
  environment                                         | sentence
  ${{}}                                               | ${"DATABASE_URL is not set"}
  ${{ DATABASE_URL: "" }}                             | ${"DATABASE_URL is not set"}
  ${{ DATABASE_URL: "mysql://x" }}                    | ${"DATABASE_URL is wrong: must be a postgres:// address"}
  ${{ DATABASE_URL, LOG_LEVEL: "loud" }}              | ${/^LOG_LEVEL is wrong: /}
  ${{ DATABASE_URL, WEIR_AUTHOR: "Weir" }}            | ${'WEIR_AUTHOR is wrong: "weir" is the author of what the controller does by itself'}
  ${{ DATABASE_URL, WEIR_CONTROLLER_URL: "nowhere" }} | ${/^WEIR_CONTROLLER_URL is wrong: /}
`("$environment: $sentence", ({ environment, sentence }) => {
  expect(() => readConfig(environment)).toThrow(sentence);
});
