import { createHash } from "node:crypto";
import {
  ControlMessage,
  changedContent,
  compileSnapshot,
  Policy,
  Service,
  type SnapshotContent,
} from "@weir/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeChange, encodeMessage, encodeSnapshot } from "./encode-snapshot.ts";
import { PolicyTexts } from "./policy-texts.ts";

const content: SnapshotContent = {
  namespace: "shop",
  services: [
    {
      namespace: "shop",
      name: "cart",
      hosts: ["cart", "bücher.example"],
      protocol: "http",
      mode: "observe",
      stableVersion: "v1",
      endpoints: [{ address: "127.0.0.1:1", version: "v1" }],
      policies: [],
    },
  ],
};

test("a snapshot is one line that a sidecar reads back as it was", () => {
  const line = encodeSnapshot(content).line().toString("utf8");
  expect(line.indexOf("\n")).toBe(line.length - 1);
  const message = ControlMessage.parse(JSON.parse(line));
  expect(message).toEqual({
    type: "snapshot",
    snapshot: { version: encodeSnapshot(content).version, content },
  });
});

test("the version is the first 16 digits of the hash of the content's JSON", () => {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  expect(encodeSnapshot(content).version).toBe(hash.slice(0, 16));
});

test("equal content has an equal version, other content another", () => {
  expect(encodeSnapshot(structuredClone(content)).version).toBe(encodeSnapshot(content).version);
  expect(encodeSnapshot({ ...content, namespace: "lab" }).version).not.toBe(encodeSnapshot(content).version);
});

test.each`
  message
  ${{ type: "ping" }}
  ${{ type: "current", version: "0123456789abcdef" }}
`("$message is one line too", ({ message }) => {
  const line = encodeMessage(message).toString("utf8");
  expect(line.endsWith("}\n")).toBe(true);
  expect(ControlMessage.parse(JSON.parse(line))).toEqual(message);
});

const contents = fc
  .uniqueArray(
    fc.record({
      namespace: fc.constantFrom("shop", "lab"),
      name: fc.constantFrom("a", "a-b", "b", "cart", "web"),
      mode: fc.constantFrom("observe" as const, "enforce" as const),
      version: fc.constantFrom("v1", "v2"),
    }),
    { selector: ({ namespace, name }) => `${namespace}/${name}`, maxLength: 10 },
  )
  .map((made): SnapshotContent => {
    const services = made.map(({ namespace, name }) => Service.parse({ namespace, name }));
    const endpoints = made.map(({ namespace, name, version }) => ({
      ...{ namespace, service: name, version, address: "127.0.0.1:1" },
    }));
    const config = { mesh: { mode: "observe" as const, hold: false }, namespaces: [], policies: [] };
    const moded = services.map((service, at) => ({ ...service, mode: made[at]!.mode }));
    return compileSnapshot({ ...config, services: moded }, endpoints, "shop");
  });

test("a change makes of one snapshot the other, to the byte, or is no shorter than it", () => {
  let made = 0;
  fc.assert(
    fc.property(contents, contents, (one, other) => {
      const [before, after] = [encodeSnapshot(one), encodeSnapshot(other)];
      const encoded = encodeChange(before, after);
      if (encoded === undefined) return;
      expect(encoded.line.length).toBeLessThan(after.line().length);
      const text = encoded.line.toString("utf8");
      expect(text.indexOf("\n")).toBe(text.length - 1);
      const message = ControlMessage.parse(JSON.parse(text));
      if (message.type !== "change") throw new Error(message.type);
      expect([encoded.from, message.change.from]).toEqual([before.version, before.version]);
      expect(message.change.version).toBe(after.version);
      const put = encodeSnapshot(changedContent(one, message.change));
      expect(put.line().equals(after.line())).toBe(true);
      made++;
    }),
    { numRuns: 500 }, // of a hundred some thirty make a change, and once in some ten thousand times ten
  );
  expect(made).toBeGreaterThan(10);
});

test("what did not change is not sent again", () => {
  const services = Array.from({ length: 50 }, (_, at) =>
    Service.parse({ namespace: "shop", name: `service-${at}` }),
  );
  const config = { mesh: { mode: "observe" as const, hold: false }, namespaces: [], services, policies: [] };
  const before = encodeSnapshot(compileSnapshot(config, [], "shop"));
  const endpoint = { namespace: "shop", service: "service-7", version: "v1", address: "127.0.0.1:1" };
  const after = encodeSnapshot(compileSnapshot(config, [endpoint], "shop"));
  const line = encodeChange(before, after)?.line;
  expect(line?.toString("utf8").match(/"name":"service-\d+"/g)).toEqual(['"name":"service-7"']);
  expect(encodeChange(before, encodeSnapshot({ namespace: "shop", services: [] }))).toBeUndefined();
});

test("what is remembered of policies changes no byte, and is made anew where a policy or its mode is another", () => {
  const texts = new PolicyTexts();
  const services = ["cart", "web"].map((name) => Service.parse({ namespace: "shop", name }));
  const limit = (name: string, targetRef: string, maxTokens: number) => ({
    ...Policy.parse({
      ...{ kind: "rateLimit", name, namespace: "shop", targetRef, ignoreFindings: ["tokens-lost"] },
      ...{ maxTokens, tokensPerFill: 1, fillIntervalMs: 1_000 },
    }),
    revision: maxTokens,
  });
  const policies = [limit("a", "cart", 1), limit("b", "web", 1), limit("c", "web", 1)];
  const config = { mesh: { mode: "observe" as const, hold: false }, namespaces: [], services, policies };
  const made: unknown[] = [];
  for (const state of [
    config,
    config,
    { ...config, policies: [policies[0]!, limit("b", "web", 2), policies[2]!] },
    { ...config, mesh: { mode: "enforce" as const, hold: false } },
  ]) {
    const content = compileSnapshot(state, [], "shop", { policyOf: texts.policyOf });
    const [remembering, afresh] = [
      encodeSnapshot(content, texts.textOf),
      encodeSnapshot(compileSnapshot(state, [], "shop")),
    ];
    expect(remembering.line().equals(afresh.line())).toBe(true);
    made.push(content.services[0]?.policies[0]);
  }
  expect([made[1] === made[0], made[2] === made[0], made[3] === made[0]]).toEqual([true, true, false]);
});
