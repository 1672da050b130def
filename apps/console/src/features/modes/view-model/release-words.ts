import type { Mode } from "@weir/domain";
import { plural } from "../../../ui/format/numbers.ts";

interface Effect {
  readonly policies: readonly {
    readonly before: { readonly mode: Mode };
    readonly after: { readonly mode: Mode };
  }[];
}

/** What releasing the hold of the mesh begins. It is not guided: what acts then was enforced before, or during the hold, with consent. */
export function releaseWords(effects: readonly Effect[]): string {
  const begin = effects
    .flatMap(({ policies }) => policies)
    .filter(({ before, after }) => before.mode === "observe" && after.mode === "enforce").length;
  if (begin === 0) return "No policy begins to act: none is enforced.";
  return `${plural(begin, "policy begins", "policies begin")} to act again, as agreed to when enforced.`;
}
