import type { ConfigStore, StoredRollout } from "@weir/store";
import { CommandError, exitCodes } from "./command-error.ts";
import { unreadableWords } from "./rollout-text.ts";
import { parseServiceRef } from "./service-ref.ts";

/** A service's newest rollout. @throws CommandError where it never had one, or one that cannot be read. */
export async function newestRolloutOf(store: ConfigStore, service: string): Promise<StoredRollout> {
  const { found, unreadable } = await store.listRollouts({ service: parseServiceRef(service), limit: 1 });
  const [[newest], [bad]] = [found, unreadable];
  if (newest) return newest;
  if (bad) throw new CommandError(exitCodes.refused, unreadableWords(bad));
  throw new CommandError(
    exitCodes.refused,
    `${service} has no rollout; begin one with weir rollout start -f plan.yaml`,
  );
}
