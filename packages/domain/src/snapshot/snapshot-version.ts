import { createHash } from "node:crypto";

/**
 * The version of a snapshot: SHA-256 of its content's JSON, first 16 hexadecimal digits.
 * @param parts of the JSON, in their order, so that nobody has to make one text of them.
 */
export function snapshotVersion(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
}
