"use client";

import type { Point } from "@weir/graph";
import { useCallback, useEffect, useState } from "react";

const storageKey = "weir.map.moves";
export type NodeMoves = Readonly<Record<string, Point>>;

/** How far people dragged nodes from where they were laid out; kept by the browser. */
export function useNodeMoves() {
  const [moves, setMoves] = useState<NodeMoves>({});
  useEffect(() => setMoves(readMoves()), []);
  const move = useCallback((id: string, by: Point) => {
    setMoves((old) => ({ ...old, [id]: by }));
  }, []);
  const keep = useCallback(() => {
    setMoves((current) => {
      writeMoves(current);
      return current;
    });
  }, []);
  const reset = useCallback(() => {
    setMoves({});
    writeMoves({});
  }, []);
  return { moves, move, keep, reset };
}

function readMoves(): NodeMoves {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    return Object.fromEntries(Object.entries(kept ?? {}).filter(isMove));
  } catch {
    return {}; // something that is not ours
  }
}

function writeMoves(moves: NodeMoves): void {
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
