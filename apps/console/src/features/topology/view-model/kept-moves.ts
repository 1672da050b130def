import type { Point } from "@weir/graph";
import type { NodeMoves } from "./moves-text.ts";

const key = "weir.map.moves";

/** Where nodes were dragged to on this browser; undefined where it keeps nothing, or something that is not ours. */
export function readKeptMoves(store: Pick<Storage, "getItem">): NodeMoves | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? "null");
    return kept === null ? undefined : Object.fromEntries(Object.entries(kept ?? {}).filter(isMove));
  } catch {
    return undefined;
  }
}

/** The map works without: a store may take nothing. */
export function keepMoves(store: Pick<Storage, "setItem">, moves: NodeMoves): void {
  store.setItem(key, JSON.stringify(moves));
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
