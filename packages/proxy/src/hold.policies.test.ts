import { createHash } from "node:crypto";
import { compileSnapshot, type MeshConfig, type RevisedPolicy, type Snapshot } from "@weir/domain";
import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startRawServer } from "./testing/raw-server.ts";
import { startTestSidecar } from "./testing/start-test-sidecar.ts";
import { startTestController, type TestController } from "./testing/test-controller.ts";

const own = { namespace: "shop", targetRef: "backend", revision: 1, mode: "enforce" } as const;
const backends = [{ version: "v2", weight: 100 }];
const weigh: RevisedPolicy = { ...own, kind: "canary", name: "weigh", backends };
const abort: RevisedPolicy = {
  ...{ ...own, kind: "route", name: "abort" },
  rules: [
    {
      match: [{ path: { prefix: "/abort" } }],
      fault: { abort: { percent: 100, status: 503 } },
      requestHeaders: { set: [{ name: "x-edited", value: "yes" }] },
    },
  ],
};

/** What a controller makes of the mesh, held or not: the same config, of which the hold forgets nothing. */
function snapshotOf(hold: boolean, ports: { readonly v1: number; readonly v2: number }): Snapshot {
  const config: MeshConfig = {
    mesh: { mode: "enforce", hold },
    namespaces: [{ name: "shop", mode: "enforce" }],
    services: [
      {
        namespace: "shop",
        name: "backend",
        hosts: ["backend"],
        protocol: "http",
        mode: "enforce",
        stableVersion: "v1",
      },
    ],
    policies: [weigh, abort],
  };
  const endpoints = Object.entries(ports).map(([version, port]) => ({
    ...{ namespace: "shop", service: "backend", version, address: `127.0.0.1:${port}` },
  }));
  const content = compileSnapshot(config, endpoints, "shop");
  return {
    version: createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16),
    content,
  };
}

async function push(controller: TestController, snapshot: Snapshot): Promise<void> {
  controller.send({ type: "snapshot", snapshot });
  await acknowledged(controller, snapshot);
}

async function acknowledged({ acknowledgements }: TestController, { version }: Snapshot): Promise<void> {
  const answer = await waitFor(() => acknowledgements.find((ack) => ack.version === version), {
    what: `the answer to ${version}`,
  });
  expect(answer).not.toHaveProperty("error");
}

/** Status and version of a whole answer; undefined until it is there. */
function answerIn(text: string): string | undefined {
  const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
  if (status === "503") return text.includes("\r\n\r\n") ? status : undefined;
  const version = /v\d(?= \d+$)/.exec(text)?.[0];
  return version && `${status} ${version}`;
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: backend\r\n\r\n`;

test("once a hold is acknowledged no policy acts, on no connection, old or new; its release brings all of them back", async () => {
  const received: string[] = [];
  const versions = ["v1", "v2"].map((name) =>
    startRawServer((text, _socket, connection) => {
      received.push(text);
      return text.endsWith("\r\n\r\n") ? ok(`${name} ${connection}`) : undefined;
    }),
  );
  const [v1, v2] = await Promise.all(versions);
  const ports = { v1: v1!.port, v2: v2!.port };
  const [enforced, held] = [snapshotOf(false, ports), snapshotOf(true, ports)];
  const controller = await startTestController(enforced);
  const sidecar = await startTestSidecar({ controller: controller.origin });
  await acknowledged(controller, enforced);
  const kept = await Promise.all(Array.from({ length: 4 }, () => connectRaw(sidecar.outboundPort)));

  /** What became of requests to both paths, on each kept connection and on a new one. */
  const answers = async () => {
    const found = new Set<string>();
    for (const path of ["/", "/abort"]) {
      for (const client of kept) {
        const length = client.text.length;
        client.send(get(path));
        const next = () => answerIn(client.text.slice(length));
        found.add((await waitFor(next, { what: `an answer to ${path}` })) ?? "");
      }
      const alone = get(path).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
      found.add(answerIn((await rawHttp(sidecar.outboundPort, alone)).text) ?? "");
    }
    return [...found].sort();
  };

  expect(await answers()).toEqual(["200 v2", "503"]);
  await push(controller, held);
  received.length = 0;
  for (let turn = 0; turn < 10; turn++) expect(await answers()).toEqual(["200 v1"]);
  expect(received.join("")).not.toContain("x-edited");
  await push(controller, { ...snapshotOf(false, ports), version: "f".repeat(16) });
  expect(await answers()).toEqual(["200 v2", "503"]);
});
