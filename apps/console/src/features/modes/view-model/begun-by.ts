import type { ModeSwitch } from "@weir/domain";
import type { ModeChange } from "../../../server/modes/effect.ts";
import type { ModesState } from "./modes-state.ts";

/** A change of more than one policy's mode. */
export type WideChange = Exclude<ModeChange, { scope: "policy" }>;

/** The switch of a change with which policies begin to act, be it that it inherits; undefined where none does. Such a switch is guided. */
export function begunBy(change: WideChange, state: ModesState): ModeSwitch | undefined {
  if (change.scope === "hold" || change.mode === "observe") return undefined;
  const { mode, ...at } = change;
  const { begins = 0, beginsOnInherit = 0 } = countsOf(at, state) ?? {};
  return (mode === null ? beginsOnInherit : begins) > 0 ? at : undefined;
}

function countsOf(at: Exclude<ModeSwitch, { scope: "policy" }>, state: ModesState) {
  if (at.scope === "mesh") return { begins: state.begins, beginsOnInherit: 0 }; // of nobody
  if (at.scope === "namespace") return state.namespaces.find(({ name }) => name === at.name);
  return state.services.find(({ namespace, name }) => namespace === at.namespace && name === at.name);
}
