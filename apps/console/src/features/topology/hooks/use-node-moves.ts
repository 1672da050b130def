"use client";

import type { Point } from "@weir/graph";
import { createParser, useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import { browserStore } from "../../../client/browser-store.ts";
import { keepMoves, readKeptMoves } from "../view-model/kept-moves.ts";
import { movesText, type NodeMoves, readMovesText } from "../view-model/moves-text.ts";

const movesParam = createParser<NodeMoves>({
  parse: readMovesText,
  serialize: (moves) => movesText(moves) ?? "",
  eq: (a, b) => movesText(a) === movesText(b),
});

/**
 * How far people dragged nodes from where they were laid out. It stands in the address, so that whoever gets the link
 * sees the same picture, and is kept by the browser for the next time.
 */
export function useNodeMoves() {
  const [shared, setShared] = useQueryState("moves", movesParam);
  const [moves, setMoves] = useState<NodeMoves>(shared ?? {});
  useEffect(() => {
    if (shared) return setMoves(shared);
    const kept = readKeptMoves(browserStore);
    // More of them than an address takes, and none kept: they stay as they are on this page.
    if (kept === undefined) return;
    setMoves(kept);
    if (movesText(kept) !== null) void setShared(kept);
  }, [shared, setShared]);
  const move = useCallback((id: string, by: Point) => {
    setMoves((old) => ({ ...old, [id]: by }));
  }, []);
  const latest = useRef(moves);
  latest.current = moves;
  const keep = useCallback(() => {
    keepMoves(browserStore, latest.current);
    void setShared(movesText(latest.current) === null ? null : latest.current);
  }, [setShared]);
  const reset = useCallback(() => {
    setMoves({});
    keepMoves(browserStore, {});
    void setShared(null);
  }, [setShared]);
  return { moves, move, keep, reset };
}
