import { createHash } from "node:crypto";
import type { SnapshotContent } from "@weir/domain";

/** The version of a snapshot of this content, as the controller makes it: SHA-256 of its JSON, first 16 hexadecimal digits. */
export function snapshotVersion(content: SnapshotContent): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}
