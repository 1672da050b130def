import type { FlameFrame } from "./flame-graph.ts";
import type { PlacedFrame } from "./flame-levels.ts";

/** What a key asks of the flame graph. */
export type FlameAction =
  | { readonly type: "select"; readonly frame: FlameFrame }
  | { readonly type: "zoom"; readonly frame: FlameFrame };

/**
 * Up and down go to the frame above and to the first below, left and right along the level, Home to the whole; Enter makes a frame as
 * wide as the picture, Escape goes back to the frame above. Undefined for a key that means nothing here.
 */
export function flameKey(
  key: string,
  levels: readonly (readonly PlacedFrame[])[],
  selected: FlameFrame,
  focus: FlameFrame,
): FlameAction | undefined {
  const level = levels[selected.depth] ?? [];
  const at = level.findIndex(({ frame }) => frame === selected);
  const select = (frame: FlameFrame | undefined): FlameAction | undefined =>
    frame && { type: "select", frame };
  switch (key) {
    case "ArrowUp":
      return select(selected.parent);
    case "ArrowDown":
      return select(levels[selected.depth + 1]?.find(({ frame }) => frame.parent === selected)?.frame);
    case "ArrowLeft":
      return select(level[at - 1]?.frame);
    case "ArrowRight":
      return select(level[at + 1]?.frame);
    case "Home":
      return select(levels[0]?.[0]?.frame);
    case "Enter":
    case " ":
      return { type: "zoom", frame: selected };
    case "Escape":
      return focus.parent && { type: "zoom", frame: focus.parent };
  }
  return undefined;
}
