import type { MapEdge } from "../../../server/topology/topology-view.ts";
import { lockOf, securityWords } from "../view-model/security-words.ts";
import { lockIcons, lockTones } from "./lock-icons.ts";

/** How an edge's connections are secured, with a lock where that is known. */
export function SecurityNote({ edge }: { edge: MapEdge }) {
  const lock = lockOf(edge);
  if (!lock) return securityWords(edge);
  const Icon = lockIcons[lock];
  return (
    <span className="inline-flex items-center gap-1">
      <Icon size={12} aria-hidden className={lockTones[lock]} /> {securityWords(edge)}
    </span>
  );
}
