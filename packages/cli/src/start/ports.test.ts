import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkPorts } from "./check-ports.ts";
import { shiftedPorts, wellKnownPorts } from "./well-known-ports.mjs";
import { availablePorts, preferredPorts } from "./workload-ports.ts";

const server = createServer();
let port = 0;
beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

describe("well-known ports", () => {
  test("move all by the same distance", () => {
    expect(shiftedPorts(3000)).toEqual(wellKnownPorts);
    expect(shiftedPorts(3100)).toEqual({
      console: 3100,
      otlpGrpc: 4417,
      otlpHttp: 4418,
      zipkin: 9511,
      controller: 4700,
      shop: 8180,
      postgres: 54_429,
    });
  });

  test("that are taken are refused by number, purpose, owner and a way out", async () => {
    const check = checkPorts([{ port, purpose: "console" }], 0);
    await expect(check).rejects.toThrow(
      new RegExp(
        `^port ${port} \\(console\\) is taken by process ${process.pid} \\(.+\\); .* -- --port 3100$`,
      ),
    );
  });

  test("that become free within the patience are accepted", async () => {
    const check = checkPorts([{ port, purpose: "console" }], 10_000);
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    await expect(check).resolves.toBeUndefined();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)); // for afterEach
  });
});

describe("ports of workloads", () => {
  test("are the same at every start, and apart for starts a hundred apart", () => {
    expect(preferredPorts(0, 3000)).toEqual({
      app: 16_000,
      outbound: 16_001,
      inbound: 16_002,
      admin: 16_003,
    });
    expect(preferredPorts(2, 3000).app).toBe(16_008);
    expect(preferredPorts(24, 3000).admin).toBeLessThan(preferredPorts(0, 3100).app);
  });

  test("are replaced by free ones where they are taken", async () => {
    const free = await availablePorts({ app: port, outbound: port, inbound: port, admin: port });
    expect(Object.values(free)).not.toContain(port);
    for (const other of Object.values(free)) expect(other).toBeGreaterThan(1024);
  });
});
