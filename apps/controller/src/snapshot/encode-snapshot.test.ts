import { createHash } from "node:crypto";
import { ControlMessage, type SnapshotContent } from "@weir/domain";
import { expect, test } from "vitest";
import { encodeMessage, encodeSnapshot } from "./encode-snapshot.ts";

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
  const line = encodeSnapshot(content).line.toString("utf8");
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
