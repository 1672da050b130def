import { hashText, outsideMesh } from "@weir/domain";
import type { ServiceName } from "../answers.ts";
import { dictionaryText } from "../dictionary.ts";
import type { EdgePoint } from "../records.ts";

/**
 * A slot's series lie in chunks, by what kind of evidence they are and by the destination without its version: so a
 * question about a service or an edge reads one chunk of a kind, the map all chunks of the kind that counts.
 */
export const chunksPerKind = 64;

/** Kinds of evidence; chunks of a kind are its number times {@link chunksPerKind} and up. */
export const evidenceKinds = {
  /** What counts: the source's report, or the destination's of a source outside the mesh, which has no sidecar. */
  primary: 0,
  /** The destination's report of what the source reports, too. */
  secondary: 1,
  /** Drawn from spans. */
  spans: 2,
} as const;

export type EvidenceKind = (typeof evidenceKinds)[keyof typeof evidenceKinds];

export function chunkOfPoint(point: Pick<EdgePoint, "reporter" | "source" | "destination">): number {
  return chunkOf(kindOf(point), point.destination);
}

export function chunkOf(kind: EvidenceKind, destination: ServiceName): number {
  const name = `${dictionaryText(destination.namespace)}/${dictionaryText(destination.service)}`;
  return kind * chunksPerKind + (hashText(name) % chunksPerKind);
}

function kindOf({ reporter, source }: Pick<EdgePoint, "reporter" | "source">): EvidenceKind {
  switch (reporter) {
    case "source":
      return evidenceKinds.primary;
    case "destination":
      return isOutside(source) ? evidenceKinds.primary : evidenceKinds.secondary;
    case "span.client":
    case "span.server":
      return evidenceKinds.spans;
  }
}

export function isOutside({ namespace, service }: ServiceName): boolean {
  return namespace === outsideMesh.namespace && service === outsideMesh.service;
}
