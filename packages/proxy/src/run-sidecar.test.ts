import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, onTestFinished, test } from "vitest";
import { connectRaw } from "./testing/raw-client.ts";
import { startRawServer } from "./testing/raw-server.ts";

const script = fileURLToPath(new URL("./testing/sidecar-process.ts", import.meta.url));

/** A sidecar as a process of its own, as `weir proxy` runs it. */
async function startProcess(
  config: string,
  workers = 1,
): Promise<{ child: ChildProcess; output: () => string }> {
  const dir = await mkdtemp(join(tmpdir(), "weir sidecar "));
  const file = join(dir, "sidecar.yaml");
  await writeFile(file, config);
  const child = spawn(process.execPath, [script, file, `${workers}`], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await rm(dir, { recursive: true });
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += String(chunk);
    });
  return { child, output: () => output };
}

async function startWith(backend: number, workers = 1) {
  const [outbound, admin] = [await freePort(), await freePort()];
  const started = await startProcess(
    `
workload: { service: web, namespace: shop, version: v1 }
outbound: { listen: "127.0.0.1:${outbound}" }
admin: { listen: "127.0.0.1:${admin}" }
services: [{ name: backend, endpoints: [{ address: "127.0.0.1:${backend}", version: v1 }] }]
`,
    workers,
  );
  const page = async (path: string) => (await fetch(`http://127.0.0.1:${admin}${path}`)).text();
  await waitFor(async () => (await page("/readyz")) === "ready\n", { what: "the sidecar to be ready" });
  return { ...started, outbound, page };
}

test("SIGTERM: not ready, no new connections, the request under way is finished, exit 0", async () => {
  const backend = await startRawServer(() => undefined);
  const { child, outbound, page, output } = await startWith(backend.port);
  const client = await connectRaw(outbound);
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await waitFor(() => backend.received[0], { what: "the request" });
  child.kill("SIGTERM");
  await waitFor(async () => (await page("/readyz")) === "not ready: stopping\n", { what: "not being ready" });
  await expect(rawHttp(outbound, "GET / HTTP/1.1\r\nHost: backend\r\n\r\n")).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
  backend.sockets[0]?.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast");
  expect(await client.untilClosed()).toMatch(/Connection: close\r\n\r\nlast$/);
  const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
  expect(code).toBe(0);
  expect(output()).toContain('"msg":"serving"');
});

test("SIGTERM with two workers: what is under way in both is finished, exit 0", async () => {
  const backend = await startRawServer(() => undefined);
  const { child, outbound, page } = await startWith(backend.port, 2);
  const clients = await Promise.all(Array.from({ length: 12 }, () => connectRaw(outbound)));
  for (const client of clients) client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n");
  await waitFor(() => backend.received.length === 12, { what: "the requests" });
  child.kill("SIGTERM");
  await waitFor(async () => (await page("/readyz")) === "not ready: stopping\n", { what: "not being ready" });
  await waitFor(
    () =>
      rawHttp(outbound, "", { timeoutMs: 200 }).then(
        () => false,
        ({ code }) => code === "ECONNREFUSED",
      ),
    {
      what: "the ports to be closed",
    },
  );
  for (const socket of backend.sockets) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast");
  for (const client of clients) expect(await client.untilClosed()).toMatch(/Connection: close\r\n\r\nlast$/);
  const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
  expect(code).toBe(0);
});

test("a supervisor that is gone ends it too", async () => {
  const { child } = await startWith(1);
  child.disconnect();
  const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
  expect(code).toBe(0);
});

test.each`
  config                          | sentence
  ${"workload: { service: web }"} | ${/sidecar\.yaml: workload\.namespace: /}
  ${"workload: {"}                | ${/sidecar\.yaml is not YAML: /}
`("a configuration that is wrong: one sentence, exit 1", async ({ config, sentence }) => {
  const { child, output } = await startProcess(config);
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(output().trim()).toMatch(sentence);
  expect(output().trim().split("\n")).toHaveLength(1);
});

test.each([1, 2])("a port that is taken: one sentence, exit 1, with %i workers", async (workers) => {
  const taken = await startRawServer(() => undefined);
  const { child, output } = await startProcess(
    `{ workload: { service: web, namespace: shop, version: v1 }, outbound: { listen: "127.0.0.1:${taken.port}" } }`,
    workers,
  );
  const [code] = await once(child, "close");
  expect([code, output()]).toEqual([
    1,
    `cannot listen on 127.0.0.1:${taken.port} for outbound: the port is taken\n`,
  ]);
});
