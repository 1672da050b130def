import { createHash } from "node:crypto";
import type { ControlMessage, SnapshotContent, SnapshotPolicy } from "@weir/domain";

/** A snapshot as it goes to every sidecar of its namespace: encoded once, however many they are. */
export interface EncodedSnapshot {
  /** SHA-256 of the content's JSON, first 16 hexadecimal digits. */
  readonly version: string;
  /** The control message that carries it, with the line's end. */
  readonly line: Buffer;
}

/**
 * Equal content, in the order `compileSnapshot` gives it, has an equal version in every controller. `textOf`: of one policy as JSON,
 * for who remembers it.
 */
export function encodeSnapshot(
  { namespace, services }: SnapshotContent,
  textOf: (policy: SnapshotPolicy) => string = JSON.stringify,
): EncodedSnapshot {
  const texts = services.map(({ policies, ...service }) => {
    const head = JSON.stringify(service);
    return `${head.slice(0, -1)},"policies":[${policies.map(textOf).join(",")}]}`;
  });
  const json = `{"namespace":${JSON.stringify(namespace)},"services":[${texts.join(",")}]}`;
  const version = createHash("sha256").update(json).digest("hex").slice(0, 16);
  return {
    version,
    line: Buffer.from(`{"type":"snapshot","snapshot":{"version":"${version}","content":${json}}}\n`),
  };
}

/** Any other message of the stream as its line. */
export function encodeMessage(message: Exclude<ControlMessage, { type: "snapshot" }>): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}
