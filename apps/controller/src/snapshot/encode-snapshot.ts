import { createHash } from "node:crypto";
import type { ControlMessage, SnapshotContent, SnapshotPolicy } from "@weir/domain";

/** A snapshot as it goes to every sidecar of its namespace: encoded once, however many they are. */
export interface EncodedSnapshot {
  /** SHA-256 of the content's JSON, first 16 hexadecimal digits. */
  readonly version: string;
  /** The control message that carries it, with the line's end; made when first asked for. */
  readonly line: () => Buffer;
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
  /** Of the content's JSON. */
  readonly bytes: number;
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
  const parts = [`{"namespace":${JSON.stringify(namespace)},"services":[`, ...separated(texts), "]}"];
  const version = versionOf(parts);
  let line: Buffer | undefined;
  return {
    version,
    bytes: parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0),
    services: texts,
    line: () => {
      line ??= Buffer.from(
        `{"type":"snapshot","snapshot":{"version":"${version}","content":${parts.join("")}}}\n`,
      );
      return line;
    },
  };
}

function separated(texts: ReadonlyMap<string, string>): string[] {
  return [...texts.values()].flatMap((text, at) => (at === 0 ? [text] : [",", text]));
}

/** Of the parts together, which are never one text unless somebody asks for the line. */
function versionOf(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
}

/** What makes a snapshot of the same namespace of the one before it; undefined where all of it is no longer. */
export function encodeChange(
  before: Pick<ComparableSnapshot, "version" | "services">,
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
  return line.length < after.bytes ? { from: before.version, line } : undefined;
}

/** Any other message of the stream as its line. */
export function encodeMessage(message: Exclude<ControlMessage, { type: "snapshot" | "change" }>): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}
