"use client";

import type { Point } from "@weir/graph";
import { createParser, useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import { movesText, type NodeMoves, readMovesText } from "../view-model/moves-text.ts";

const storageKey = "weir.map.moves";
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
    const kept = readKept();
    setMoves(kept);
    if (movesText(kept) !== null) void setShared(kept);
  }, [shared, setShared]);
  const move = useCallback((id: string, by: Point) => {
    setMoves((old) => ({ ...old, [id]: by }));
  }, []);
  const latest = useRef(moves);
  latest.current = moves;
  const keep = useCallback(() => {
    writeKept(latest.current);
    void setShared(movesText(latest.current) === null ? null : latest.current);
  }, [setShared]);
  const reset = useCallback(() => {
    setMoves({});
    writeKept({});
    void setShared(null);
  }, [setShared]);
  return { moves, move, keep, reset };
}

function readKept(): NodeMoves {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    return Object.fromEntries(Object.entries(kept ?? {}).filter(isMove));
  } catch {
    return {}; // something that is not ours
  }
}

function writeKept(moves: NodeMoves): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(moves));
  } catch {
    // storage may be full or forbidden; the map works without
  }
}

function isMove(entry: [string, unknown]): entry is [string, Point] {
  const by = entry[1];
  return (
    typeof by === "object" &&
    by !== null &&
    "x" in by &&
    "y" in by &&
    Number.isFinite(by.x) &&
    Number.isFinite(by.y)
  );
}
