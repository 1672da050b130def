"use client";

import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PreviewEvent } from "../../../server/api/preview.ts";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";

/** A draft's finished preview as the map tells it, until it is saved or discarded, another takes its place, or the page is loaded anew. */
export interface DraftOnMap {
  /** Of the policy that is drafted. */
  readonly name: string;
  /** That was replayed, as the address writes windows; the map may show another. */
  readonly window: string;
  /** The page where the draft is written. */
  readonly from: string;
  readonly preview: PreviewEvent;
  readonly edges: readonly EdgeOutlook[];
}

export const draftOnMap = ["draft-on-map"] as const;

/** Undefined: none was brought to the map since the page was loaded, or it is no draft any more. */
export function useDraftOnMap(): DraftOnMap | undefined {
  return useQuery<DraftOnMap>({ queryKey: draftOnMap, queryFn: skipToken, staleTime: Infinity }).data;
}

/** Keeps a draft's preview for the map, however long nobody looks at it. */
export function useKeepDraftOnMap(): (draft: DraftOnMap) => void {
  const client = useQueryClient();
  return (draft) => {
    client.setQueryDefaults(draftOnMap, { gcTime: Infinity });
    client.setQueryData(draftOnMap, draft);
  };
}
