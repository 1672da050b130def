import type { Mode } from "@weir/domain";
import { plural } from "../../../ui/format/numbers.ts";

interface Effect {
  readonly policies: readonly {
    readonly before: { readonly mode: Mode };
    readonly after: { readonly mode: Mode };
  }[];
}

/** What releasing the hold of the mesh begins. It is not guided: what acts then was enforced before the hold, or during it. */
export function releaseWords(effects: readonly Effect[]): string {
  const begin = effects
    .flatMap(({ policies }) => policies)
    .filter(({ before, after }) => before.mode === "observe" && after.mode === "enforce").length;
  if (begin === 0) return "No policy begins to act: none is enforced.";
  const decided = begin === 1 ? "it was" : "they were";
  return `${plural(begin, "policy begins", "policies begin")} to act again; that was decided when ${decided} enforced.`;
}
