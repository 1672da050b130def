import type { ConfigStore, StoredRollout } from "@weir/store";
import { CommandError, exitCodes } from "./command-error.ts";
import { parseServiceRef } from "./service-ref.ts";

/** A service's newest rollout. @throws CommandError where it never had one. */
export async function newestRolloutOf(store: ConfigStore, service: string): Promise<StoredRollout> {
  const [newest] = await store.listRollouts({ service: parseServiceRef(service), limit: 1 });
  if (newest) return newest;
  throw new CommandError(
    exitCodes.refused,
    `${service} has no rollout; begin one with weir rollout start -f plan.yaml`,
  );
}
