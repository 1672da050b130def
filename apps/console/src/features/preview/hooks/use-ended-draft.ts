"use client";

import { type QueryClient, skipToken, useQuery } from "@tanstack/react-query";
import { type DraftOnMap, draftOnMap } from "./use-draft-on-map.ts";

/** A draft that was on the map, and is none any more. */
export interface EndedDraft {
  /** Of the policy that was drafted. */
  readonly name: string;
  /** Undefined: it was discarded. */
  readonly saved:
    | { readonly namespace: string; readonly name: string; readonly revision: number }
    | undefined;
}

const endedDraft = ["ended-draft-on-map"] as const;

/** What became of the draft that was on the map last; undefined where it goes on, or none was. */
export function useEndedDraft(): EndedDraft | undefined {
  return useQuery<EndedDraft>({ queryKey: endedDraft, queryFn: skipToken, staleTime: Infinity }).data;
}

/** The draft of a page is over: where it is the one on the map, its preview goes from there. */
export function endDraftOnMap(client: QueryClient, page: string, saved: EndedDraft["saved"]): void {
  const draft = client.getQueryData<DraftOnMap>(draftOnMap);
  if (draft?.from !== page) return;
  client.removeQueries({ queryKey: draftOnMap });
  client.setQueryDefaults(endedDraft, { gcTime: Infinity });
  client.setQueryData<EndedDraft>(endedDraft, { name: draft.name, saved });
}
