import { setTimeout as pause } from "node:timers/promises";
import type { Policy } from "@weir/domain";
import type { ConfigStore } from "@weir/store";
import type { Watch } from "./watch.ts";

const author = { author: "bench" };

/**
 * Holds the whole mesh and lets go of it so many times. A snapshot is known by its content, so a canary is moved in between: no
 * two of them are alike.
 */
export async function holdAndRelease(store: ConfigStore, watch: Watch, times: number) {
  const took: { first: number; all: number }[] = [];
  for (let turn = 0; turn < times; turn++) {
    await watch.after(() => moveHeld(store, 2 * turn));
    took.push(await watch.after(() => store.setMeshHold(true, author)));
    await watch.after(() => moveHeld(store, 2 * turn + 1));
    await watch.after(() => store.setMeshHold(false, author));
    await pause(50);
  }
  return took;
}

function moveHeld(store: ConfigStore, weight: number): Promise<Policy> {
  const backends = [
    { version: "v1", weight: 100 - weight },
    { version: "v2", weight },
  ];
  return store.putPolicy(
    { kind: "canary", name: "held", namespace: "bench", targetRef: "s1", mode: "enforce", backends },
    author,
  );
}
