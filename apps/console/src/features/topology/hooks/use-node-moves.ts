"use client";

import type { Point } from "@weir/graph";
import { useCallback, useEffect, useState } from "react";
import { z } from "zod";

const storageKey = "weir.map.moves";
const Moves = z.record(z.string(), z.object({ x: z.number(), y: z.number() }));
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
    return Moves.parse(JSON.parse(localStorage.getItem(storageKey) ?? "{}"));
  } catch {
    return {}; // nothing kept, or something that is not ours
  }
}

function writeMoves(moves: NodeMoves): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(moves));
  } catch {
    // storage may be full or forbidden; the map works without
  }
}
