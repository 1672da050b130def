import type { ObservedCall, TrafficEvidence } from "@weir/domain";
import { BriefMemory } from "./brief-memory.ts";

/** What policies are judged by as somebody types: requests of a service of late, and who called whom. */
export interface TrafficMemory {
  readonly evidence: BriefMemory<TrafficEvidence>;
  readonly calls: BriefMemory<readonly ObservedCall[]>;
}

interface TrafficMemorySettings {
  /** How long each is good for. */
  readonly evidenceMs: number;
  readonly callsMs: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
}

/**
 * A request takes eight bytes: this holds ten minutes of a dozen services of a thousand requests a second each, or of all services
 * of a mesh that together get as many. By bytes, and not by services: those who judge every policy of a large mesh in
 * turn would push out what they read first, and get no further the next time.
 */
const mostBytes = 64 * 1024 * 1024;
/** Of one shape beside its times, and of one call, about. */
const bytesBeside = 500;

export function openTrafficMemory({ evidenceMs, callsMs, now }: TrafficMemorySettings): TrafficMemory {
  return {
    evidence: new BriefMemory({ keepMs: evidenceMs, mostBytes, bytesOf: bytesOfEvidence, now }),
    calls: new BriefMemory({
      keepMs: callsMs,
      mostBytes,
      bytesOf: ({ length }) => length * bytesBeside,
      now,
    }),
  };
}

export function bytesOfEvidence({ requests }: TrafficEvidence): number {
  return requests.reduce(
    (sum, { atMs, durationUs }) => sum + bytesBeside + atMs.byteLength + durationUs.byteLength,
    bytesBeside,
  );
}
