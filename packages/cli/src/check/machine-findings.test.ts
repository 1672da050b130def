import { createServer } from "node:net";
import { freePort } from "@weir/testkit";
import { expect, test } from "vitest";
import { diskFinding, memoryFinding, nodeFinding, portFindings } from "./machine-findings.ts";

const mebibyte = 2 ** 20;

test.each`
  megabytes | disk         | memory
  ${10_000} | ${"ok"}      | ${"ok"}
  ${1_600}  | ${"warning"} | ${"ok"}
  ${1_000}  | ${"warning"} | ${"warning"}
  ${600}    | ${"warning"} | ${"failed"}
  ${499}    | ${"failed"}  | ${"failed"}
`("$megabytes MB are $disk on disk, and $memory of memory", ({ megabytes, disk, memory }) => {
  expect(diskFinding("/data", () => megabytes * mebibyte)).toMatchObject({
    state: disk,
    says: `the disk that holds /data has ${megabytes} MB left`,
  });
  expect(memoryFinding(megabytes * mebibyte).state).toBe(memory);
});

test("a folder that is not there yet is on the disk of the one above it", () => {
  const { says, state } = diskFinding(`${import.meta.dirname}/not/there/yet`);
  expect(says).toMatch(/has [1-9]\d* MB left$/);
  expect(state).not.toBe("unknown");
});

test.each`
  version      | state
  ${"26.10.0"} | ${"ok"}
  ${"27.0.0"}  | ${"ok"}
  ${"20.20.2"} | ${"failed"}
`("Node $version is $state", ({ version, state }) => {
  expect(nodeFinding(version).state).toBe(state);
});

test("a port that is taken is told with a way around it", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const [first] = await portFindings({ console: port });
  server.close();
  expect(first).toMatchObject({
    id: "port.console",
    state: "failed",
    hint: expect.stringContaining("--port"),
  });
  expect(first?.says).toMatch(new RegExp(`^port ${port} is taken by `));
});
