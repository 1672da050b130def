import { rawHttp, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer } from "./testing/raw-server.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const canary = (v1: number, v2: number) => ({
  kind: "canary",
  name: "backend-canary",
  targetRef: "backend",
  backends: [
    { version: "v1", weight: v1 },
    { version: "v2", weight: v2 },
  ],
});

async function versions() {
  const v1 = await startFixedServer(ok("v1"));
  const v2 = await startFixedServer(ok("v2"));
  return service("backend", { v1: v1.port, v2: v2.port });
}

/** How many of `total` requests each version answered. */
async function countAnswers(port: number, total: number, fields = ""): Promise<Record<string, number>> {
  const client = await connectRaw(port);
  client.send(`GET / HTTP/1.1\r\nHost: backend\r\n${fields}\r\n`.repeat(total));
  const answers = () => [...client.text.matchAll(/\r\n\r\n(v\d|\{)/g)];
  await waitFor(() => answers().length === total, { what: `${total} answers` });
  const counts: Record<string, number> = {};
  for (const [, version = ""] of answers()) counts[version] = (counts[version] ?? 0) + 1;
  return counts;
}

test.each`
  weights     | share
  ${[70, 30]} | ${0.3}
  ${[95, 5]}  | ${0.05}
  ${[0, 100]} | ${1}
  ${[100, 0]} | ${0}
`(
  "enforced weights $weights give v2 its share within three standard deviations",
  async ({ weights, share }) => {
    const config = {
      mode: "enforce",
      services: [await versions()],
      policies: [canary(weights[0], weights[1])],
    };
    const sidecar = await startTestSidecar(config, { random: seededRandom(7) });
    const total = 1000;
    const { v1 = 0, v2 = 0 } = await countAnswers(sidecar.outboundPort, total);
    const sigma = Math.sqrt(total * share * (1 - share));
    expect(v1 + v2).toBe(total);
    expect(Math.abs(v2 - total * share)).toBeLessThanOrEqual(3 * sigma);
  },
);

test("in observe every request goes to the stable version, whatever the weights", async () => {
  const sidecar = await startTestSidecar({ services: [await versions()], policies: [canary(0, 100)] });
  expect(await countAnswers(sidecar.outboundPort, 200)).toEqual({ v1: 200 });
});

test.each`
  mode         | fields                            | answers
  ${"enforce"} | ${"x-user-type: beta-tester\r\n"} | ${{ v2: 20 }}
  ${"enforce"} | ${""}                             | ${{ v1: 20 }}
  ${"observe"} | ${"x-user-type: beta-tester\r\n"} | ${{ v1: 20 }}
`("a rule by header, in $mode, with '$fields': $answers", async ({ mode, fields, answers }) => {
  const rules = [
    {
      match: [{ headers: [{ name: "x-user-type", exact: "beta-tester" }] }],
      backends: [{ version: "v2", weight: 100 }],
    },
    { backends: [{ version: "v1", weight: 100 }] },
  ];
  const policies = [{ kind: "route", name: "backend-split", targetRef: "backend", rules }];
  const sidecar = await startTestSidecar({ mode, services: [await versions()], policies });
  expect(await countAnswers(sidecar.outboundPort, 20, fields)).toEqual(answers);
});

test("in observe any endpoint serves when the stable version has none", async () => {
  const v2 = await startFixedServer(ok("v2"));
  const services = [{ ...service("backend", { v2: v2.port }), stableVersion: "v1" }];
  const sidecar = await startTestSidecar({ services });
  expect(await countAnswers(sidecar.outboundPort, 3)).toEqual({ v2: 3 });
});

test("enforced, a version without an endpoint is 503 UH and nothing else is tried", async () => {
  const v2 = await startFixedServer(ok("v2"));
  const services = [{ ...service("backend", { v2: v2.port }), stableVersion: "v1" }];
  const policies = [
    { kind: "canary", name: "c", targetRef: "backend", backends: [{ version: "v2", weight: 100 }] },
  ];
  const sidecar = await startTestSidecar({ mode: "enforce", services, policies });
  expect(await countAnswers(sidecar.outboundPort, 2)).toEqual({ v2: 2 });
  const { status, text } = await rawHttp(
    (await startTestSidecar({ mode: "enforce", services: [{ name: "backend" }] })).outboundPort,
    "GET / HTTP/1.1\r\nHost: backend\r\n\r\n",
    { until: (so) => so.endsWith("}\n") },
  );
  expect([status, text.includes("flag: UH")]).toEqual([503, true]);
});
