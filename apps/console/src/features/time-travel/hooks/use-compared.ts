"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { unpackMap } from "../../../server/topology/packed-map.ts";
import type { MapBy } from "../../../server/topology/places.ts";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { useWindow } from "../../time/index.ts";
import { compareMaps, type Difference } from "../view-model/compare-maps.ts";
import { againstWords, useAgainst } from "./use-against.ts";

export interface Compared {
  /** What the window is compared with, such as "a day before". */
  readonly words: string;
  /** Undefined while the earlier window is being read. */
  readonly differences: readonly Difference[] | undefined;
  /** The earlier window has no traffic at all: there is nothing to compare with. */
  readonly nothingBefore: boolean;
  readonly error: unknown;
  /** What differs, with the ends of edges that do. */
  readonly ids: ReadonlySet<string> | undefined;
  stop(): void;
}

/** What nodes of both maps stand for, as the map's procedure takes it. */
interface MapShapeInput {
  readonly by?: MapBy;
  readonly toggled?: string[];
}

/**
 * How the map of the window differs from the earlier one that was chosen; undefined when none was.
 *
 * @param view undefined while another window's map stands in its place
 */
export function useCompared(view: MapView | undefined, shape: MapShapeInput = {}): Compared | undefined {
  const { length } = useWindow();
  const { against, agoMs, setAgainst } = useAgainst();
  const { data: before, error } = useQuery(
    useTRPC().topology.get.queryOptions(
      { window: length, agoMs: agoMs ?? 0, ...shape },
      // Nothing in the place of what is read: differences from another window would stand under this one's words.
      { enabled: agoMs !== undefined, select: unpackMap },
    ),
  );
  const differences = useMemo(
    () => (view && before && agoMs !== undefined ? compareMaps(view, before) : undefined),
    [view, before, agoMs],
  );
  const ids = useMemo(
    () => differences && new Set(differences.flatMap(({ edge }) => [edge.id, edge.source, edge.target])),
    [differences],
  );
  if (against === undefined) return undefined;
  const nothingBefore = before?.edges.every(({ requests }) => requests === 0) ?? false;
  const stop = () => void setAgainst(null);
  return { words: againstWords[against], differences, nothingBefore, error, ids, stop };
}
