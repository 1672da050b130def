import type { ConfigStore, UnreadableRow } from "@weir/store";
import { agreed } from "./agreed.ts";
import { type CommandSurroundings, type CommonOptions, changeBy } from "./command-surroundings.ts";
import { unreadableWords } from "./rollout-text.ts";

interface AbortOptions extends CommonOptions {
  readonly reason?: string;
  readonly yes?: boolean;
}

/** `weir rollout abort` of one that another release wrote. */
export async function abortUnreadable(
  surroundings: CommandSurroundings,
  store: ConfigStore,
  row: UnreadableRow,
  options: AbortOptions,
): Promise<void> {
  const what = `${unreadableWords(row)}. All requests go to its baseline, for good; where that cannot be read, its canary policy stays as it is.`;
  await agreed(options, { what, doing: "aborting a rollout" });
  const { id, subject } = row;
  const event = await store.abortUnreadable(id, changeBy(surroundings, options.reason));
  surroundings.print(
    options.output === "json"
      ? JSON.stringify({ id, events: [event] }, null, 2)
      : `${subject}: rollout ${id}: ${event.reason}`,
  );
}
