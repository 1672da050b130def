import { waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { startPolicyMesh } from "./testing/policy-mesh.ts";
import { connectRaw } from "./testing/raw-client.ts";

const established = /^HTTP\/1\.1 200 Connection Established\r\n\r\n/;

/** One connection of TCP to `backend`, whose versions greet with their names; what it was greeted with. */
async function greetedBy(mode: "observe" | "enforce", policy: Record<string, unknown>, connections = 1) {
  const greet = (version: string) => (text: string) => (text.endsWith("\x01") ? `${version}!` : undefined);
  const mesh = await startPolicyMesh({ mode, policies: [policy], v1: greet("v1"), v2: greet("v2") });
  const greetings: string[] = [];
  const clients = [];
  for (let i = 0; i < connections; i++) {
    const client = await connectRaw(mesh.sidecar.outboundPort);
    clients.push(client);
    client.send("CONNECT backend:5432 HTTP/1.1\r\nHost: backend:5432\r\n\r\n");
    await client.until(established);
    client.send("\x16\x03\x01\x01");
    await waitFor(() => client.text.endsWith("!") || client.closed, { what: "a greeting, or none" });
    greetings.push(client.text.endsWith("!") ? client.text.slice(-3, -1) : "reset");
  }
  for (const { socket } of clients) socket.end();
  for (const socket of [...mesh.v1.sockets, ...mesh.v2.sockets]) socket.end();
  return { greetings, decisions: await mesh.decisions(connections), flags: await mesh.flags(connections) };
}

const deny = { kind: "authorization", name: "p", action: "deny", rules: [{}] };
const limit = { kind: "rateLimit", name: "p", maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 3_600_000 };
const toV2 = [{ version: "v2", weight: 100 }];

test.each`
  policy                                                       | connections | greetings          | decisions                                     | flags         | why
  ${{ kind: "canary", name: "p", backends: toV2 }}             | ${1}        | ${["v2"]}          | ${[["p version=v2!"]]}                        | ${[""]}       | ${"a canary chooses the version"}
  ${deny}                                                      | ${1}        | ${["reset"]}       | ${[["p deny!"]]}                              | ${["RBAC"]}   | ${"it is denied"}
  ${{ ...deny, rules: [{ to: [{ paths: ["/admin"] }] }] }}     | ${1}        | ${["reset"]}       | ${[["p deny!"]]}                              | ${["RBAC"]}   | ${"a path cannot be told, so it is denied"}
  ${limit}                                                     | ${2}        | ${["v1", "reset"]} | ${[["p limit!"], ["p allow"]]}                | ${["RL", ""]} | ${"one connection is the limit"}
  ${{ kind: "route", name: "p", rules: [{ backends: toV2 }] }} | ${1}        | ${["v1"]}          | ${[[]]}                                       | ${[""]}       | ${"a route is about HTTP"}
  ${{ kind: "circuitBreaker", name: "p", maxConnections: 1 }}  | ${2}        | ${["v1", "reset"]} | ${[["p overflow=connections!"], ["p allow"]]} | ${["UO", ""]} | ${"one connection fills the breaker"}
`("of TCP, enforced: $why", async ({ policy, connections, greetings, decisions, flags }) => {
  expect(await greetedBy("enforce", policy, connections)).toEqual({ greetings, decisions, flags });
});

test.each([
  deny,
  limit,
  { kind: "canary", name: "p", backends: toV2 },
  { kind: "circuitBreaker", name: "p", maxConnections: 0 },
])("of TCP, observed: $kind changes nothing, and says what it would", async (policy) => {
  const { greetings, decisions } = await greetedBy("observe", policy, 2);
  expect(greetings).toEqual(["v1", "v1"]);
  expect(decisions.flat()).toHaveLength(2);
  expect(decisions.flat().filter((decision) => decision.endsWith("!"))).toEqual([]);
});
