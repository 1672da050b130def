import { createHash } from "node:crypto";
import type { Snapshot } from "@weir/domain";
import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { connectHttp2 } from "./testing/http2-peers.ts";
import { named, type PolicyAnswer, startPolicyMesh } from "./testing/policy-mesh.ts";
import { ok } from "./testing/raw-server.ts";
import { startTestController } from "./testing/test-controller.ts";

const spread = (share: number) => [
  { version: "v1", weight: 100 - share },
  { version: "v2", weight: share },
];
const canary = (share: number, more: object = {}) => ({
  ...{ kind: "canary", name: "c", backends: spread(share) },
  ...more,
});
const sticky = { cookie: "weir-sticky", maxAgeS: 60 };
const page = "GET / HTTP/1.1\r\nAccept: text/html,*/*;q=0.8\r\n";
const givenIn = ({ text }: PolicyAnswer) => /^Set-Cookie: (.*)\r$/m.exec(text)?.[1];

test("a page is answered with a cookie, beside the application's own, and stays where the cookie says", async () => {
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [canary(50, { sticky })],
    v1: (text) => (text.endsWith("\r\n\r\n") ? ok("v1", "Set-Cookie: own=1\r\n") : undefined),
    v2: (text) => (text.endsWith("\r\n\r\n") ? ok("v2", "Set-Cookie: own=1\r\n") : undefined),
  });
  const first = await mesh.ask(page);
  const [own, given = ""] = [...first.text.matchAll(/^Set-Cookie: (.*)\r$/gm)].map(([, value]) => value);
  expect(own).toBe("own=1");
  expect(given).toMatch(/^weir-sticky=[0-9a-f]{16}; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax$/);
  const cookie = `Cookie: a=b; ${given.split(";")[0]}\r\n`;
  for (let turn = 0; turn < 8; turn++) {
    const again = await mesh.ask(`${page}${cookie}`);
    expect(again.text.slice(-2)).toBe(first.text.slice(-2));
    expect(again.text.match(/^Set-Cookie: /gm)).toHaveLength(1);
  }
  // What the application gets is what the browser sent.
  expect([...mesh.v1.received, ...mesh.v2.received].join("").match(/weir-sticky/g)).toHaveLength(8);
});

test.each`
  who                             | mode         | asked                                                  | given
  ${"a browser with a malformed"} | ${"enforce"} | ${`${page}Cookie: ;weir-sticky=; =x; weir-sticky\r\n`} | ${true}
  ${"a browser that has one"}     | ${"enforce"} | ${`${page}Cookie: weir-sticky=anything\r\n`}           | ${false}
  ${"a program"}                  | ${"enforce"} | ${"GET / HTTP/1.1\r\nAccept: */*\r\n"}                 | ${false}
  ${"a program that says none"}   | ${"enforce"} | ${"GET / HTTP/1.1\r\n"}                                | ${false}
  ${"a browser in observe"}       | ${"observe"} | ${page}                                                | ${false}
`("$who is given a cookie: $given", async ({ mode, asked, given }) => {
  const mesh = await startPolicyMesh({ mode, policies: [canary(50, { sticky })] });
  const answer = await mesh.ask(asked);
  expect(answer.text).toMatch(/^HTTP\/1\.1 200 .*v[12]$/s);
  expect(givenIn(answer) !== undefined).toBe(given);
});

test("a cookie that the application gives under that name stays the only one", async () => {
  const own = (text: string) =>
    text.endsWith("\r\n\r\n") ? ok("own", "set-cookie: weir-sticky=own; Path=/\r\n") : undefined;
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [canary(50, { sticky })],
    v1: own,
    v2: own,
  });
  const { text } = await mesh.ask(page);
  expect(text.match(/^set-cookie: .*(?=\r$)/gim)).toEqual(["set-cookie: weir-sticky=own; Path=/"]);
});

test("a browser by HTTP/2 is given it as well", async () => {
  const mesh = await startPolicyMesh({ mode: "enforce", policies: [canary(100, { sticky })] });
  const client = await connectHttp2(mesh.sidecar.outboundPort);
  const { headers, body } = await client.ask({ ":method": "GET", accept: "text/html" });
  expect(body).toBe("v2");
  expect(headers["set-cookie"]).toEqual([expect.stringMatching(/^weir-sticky=[0-9a-f]{16}; Path=\/;/)]);
  const kept = { ":method": "GET", accept: "text/html", cookie: "a=b; weir-sticky=1" };
  expect((await client.ask(kept)).headers).not.toHaveProperty("set-cookie");
});

test("while the weight rises no user goes back to the baseline, whenever it was given its cookie", async () => {
  const shares = [0, 10, 25, 50, 75, 100];
  const controller = await startTestController(undefined);
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [],
    config: { controller: controller.origin, services: undefined, policies: undefined, mode: undefined },
  });
  await waitFor(() => controller.hellos.length > 0, { what: "the sidecar" });
  const cookies: string[] = [];
  const before = new Map<string, string>();
  for (const share of shares) {
    const snapshot = snapshotOf(canary(share, { sticky }), [mesh.v1.port, mesh.v2.port]);
    controller.send({ type: "snapshot", snapshot });
    const arrived = () => controller.acknowledgements.some(({ version }) => version === snapshot.version);
    await waitFor(arrived, { what: `${share} %` });
    for (const cookie of cookies) {
      const version = (await mesh.ask(`${page}Cookie: ${cookie}\r\n`)).text.slice(-2);
      if (before.get(cookie) === "v2") expect(version).toBe("v2");
      before.set(cookie, version);
    }
    for (let newcomer = 0; newcomer < 10; newcomer++) {
      const answer = await mesh.ask(page);
      const cookie = givenIn(answer)?.split(";")[0] ?? "";
      cookies.push(cookie);
      before.set(cookie, answer.text.slice(-2));
    }
  }
  expect(new Set(cookies).size).toBe(60);
  expect(new Set(cookies.map((cookie) => before.get(cookie)))).toEqual(new Set(["v2"]));
});

function snapshotOf(policy: object, [v1, v2]: readonly number[]): Snapshot {
  const common = { namespace: "shop", targetRef: "backend", mode: "enforce", revision: 1 };
  const content = {
    namespace: "shop",
    services: [
      {
        ...{ namespace: "shop", name: "backend", hosts: ["backend"], protocol: "http", mode: "enforce" },
        stableVersion: "v1",
        endpoints: [
          { address: `127.0.0.1:${v1}`, version: "v1" },
          { address: `127.0.0.1:${v2}`, version: "v2" },
        ],
        policies: [{ ...common, ...policy }],
      },
    ],
  };
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
  return { version, content } as Snapshot;
}

const pins = [{ match: [{ headers: [{ name: "x-tester", exact: "yes" }] }], version: "v2" }];

test.each`
  sent                       | enforced | verdict
  ${"X-Tester: yes\r\n"}     | ${"v2"}  | ${"version=v2"}
  ${"X-Tester: no\r\n"}      | ${"v1"}  | ${"version=v1"}
  ${"X-Tester: yes, no\r\n"} | ${"v1"}  | ${"version=v1"}
  ${""}                      | ${"v1"}  | ${"version=v1"}
`("a pin takes $sent to $enforced, and in observe nowhere", async ({ sent, enforced, verdict }) => {
  const head = `GET / HTTP/1.1\r\n${sent}`;
  const enforce = await startPolicyMesh({ mode: "enforce", policies: [canary(0, { pins })] });
  expect((await enforce.ask(head)).text.slice(-2)).toBe(enforced);
  expect(await enforce.decisions(1)).toEqual([[`c ${verdict}${enforced === "v2" ? "!" : ""}`]]);
  const observe = await startPolicyMesh({ mode: "observe", policies: [canary(0, { pins })] });
  expect((await observe.ask(head)).text).toMatch(/v1$/);
  expect(await observe.decisions(1)).toEqual([[`c ${verdict}`]]);
});

const mirror = { version: "v2" };

test("what stays with the baseline is copied, and nobody gets the copy's answer", async () => {
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [canary(0, { mirror })],
    v1: (text) => (text.endsWith("ab") ? ok("v1") : undefined),
    v2: () => ok("no"),
  });
  const { text } = await mesh.ask("POST /pay HTTP/1.1\r\nContent-Length: 2\r\n", "ab");
  expect(text).toMatch(/v1$/);
  await waitFor(() => mesh.v2.received[0]?.endsWith("ab"), { what: "the copy" });
  expect(mesh.v2.received[0]).toBe(mesh.v1.received[0]?.replace("Host: backend", "Host: backend-shadow"));
  expect(await mesh.decisions(1)).toEqual([["c version=v1, mirror=v2!"]]);
});

test.each`
  what                          | mode         | share  | more
  ${"in observe"}               | ${"observe"} | ${0}   | ${{ mirror }}
  ${"what goes there itself"}   | ${"enforce"} | ${100} | ${{ mirror, pins: [{ match: [{ path: { exact: "/x" } }], version: "v1" }] }}
  ${"nothing of zero per cent"} | ${"enforce"} | ${0}   | ${{ mirror: { version: "v2", percent: 0 } }}
`("$what is copied nothing", async ({ mode, share, more }) => {
  const seen: string[] = [];
  const keep = (version: string) => (text: string) => {
    seen.push(version);
    return named(version)(text);
  };
  const mesh = await startPolicyMesh({
    mode,
    policies: [canary(share, more)],
    v1: keep("v1"),
    v2: keep("v2"),
  });
  for (let turn = 0; turn < 3; turn++) await mesh.ask();
  await mesh.decisions(3);
  expect(seen).toEqual(Array(3).fill(share === 100 ? "v2" : "v1"));
  expect(await mesh.sidecar.page("/metrics")).not.toMatch(/weir_proxy_mirrored[^\n]*version="v2"/);
});
