"use client";

import { parseFind } from "@weir/graph";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { type Found, foundOn, hiddenFrom, withoutHidden } from "../view-model/find-on-map.ts";

/** What people look for on the map and what they hide, both kept in the address. */
export function useFind<V extends MapView>(all: V | undefined) {
  const [find, setFind] = useQueryState("find", parseAsString.withDefault(""));
  const [hide, setHide] = useQueryState("hide", parseAsString.withDefault(""));
  const hides = useMemo(() => parseFind(hide).matches, [hide]);
  const finds = useMemo(() => parseFind(find).matches, [find]);
  const view = useMemo(() => all && withoutHidden(all, hides), [all, hides]);
  const found = useMemo((): Found | undefined => view && foundOn(view, finds), [view, finds]);
  return {
    ...{ find, hide, view, found },
    hidden: hiddenFrom(all, view),
    setFind: (text: string) => void setFind(text === "" ? null : text),
    setHide: (text: string) => void setHide(text === "" ? null : text),
  };
}
