import { createHash } from "node:crypto";
import type { ControlMessage, SnapshotContent, SnapshotPolicy } from "@weir/domain";

/** A snapshot as it goes to every sidecar of its namespace: encoded once, however many they are. */
export interface EncodedSnapshot {
  /** SHA-256 of the content's JSON, first 16 hexadecimal digits. */
  readonly version: string;
  /** The control message that carries it, with the line's end. */
  readonly line: Buffer;
  /** The same for who was sent another snapshot last; absent where there is none, or it would be no shorter. */
  readonly change?: EncodedChange | undefined;
}

export interface EncodedChange {
  /** Version of the snapshot that it makes another. */
  readonly from: string;
  readonly line: Buffer;
}

/** A snapshot with what the next one is compared to. */
export interface ComparableSnapshot extends EncodedSnapshot {
  /** JSON of each service by `namespace/name`. */
  readonly services: ReadonlyMap<string, string>;
}

/**
 * Equal content, in the order `compileSnapshot` gives it, has an equal version in every controller. `textOf`: of one policy as JSON,
 * for who remembers it.
 */
export function encodeSnapshot(
  { namespace, services }: SnapshotContent,
  textOf: (policy: SnapshotPolicy) => string = JSON.stringify,
): ComparableSnapshot {
  const texts = new Map(
    services.map(({ policies, ...service }) => {
      const head = JSON.stringify(service);
      const text = `${head.slice(0, -1)},"policies":[${policies.map(textOf).join(",")}]}`;
      return [`${service.namespace}/${service.name}`, text];
    }),
  );
  const json = `{"namespace":${JSON.stringify(namespace)},"services":[${[...texts.values()].join(",")}]}`;
  const version = createHash("sha256").update(json).digest("hex").slice(0, 16);
  return {
    version,
    line: Buffer.from(`{"type":"snapshot","snapshot":{"version":"${version}","content":${json}}}\n`),
    services: texts,
  };
}

/** What makes a snapshot of the same namespace of the one before it; undefined where all of it is no longer. */
export function encodeChange(
  before: ComparableSnapshot,
  after: ComparableSnapshot,
): EncodedChange | undefined {
  const changed = [...after.services].flatMap(([key, text]) =>
    before.services.get(key) === text ? [] : [text],
  );
  const removed = [...before.services.keys()]
    .filter((key) => !after.services.has(key))
    .map((key) => {
      const [namespace, name] = key.split("/");
      return { namespace, name };
    });
  const head = `"from":"${before.version}","version":"${after.version}"`;
  const json = `{${head},"services":[${changed.join(",")}],"removed":${JSON.stringify(removed)}}`;
  const line = Buffer.from(`{"type":"change","change":${json}}\n`);
  return line.length < after.line.length ? { from: before.version, line } : undefined;
}

/** Any other message of the stream as its line. */
export function encodeMessage(message: Exclude<ControlMessage, { type: "snapshot" | "change" }>): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}
