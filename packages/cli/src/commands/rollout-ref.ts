import type { ConfigStore, StoredRollout, UnreadableRow } from "@weir/store";
import { CommandError, exitCodes } from "./command-error.ts";
import { unreadableWords } from "./rollout-text.ts";
import { parseServiceRef } from "./service-ref.ts";

/** A service's newest rollout. @throws CommandError where it never had one, or one that cannot be read. */
export async function newestRolloutOf(store: ConfigStore, service: string): Promise<StoredRollout> {
  return readable(await newestOf(store, service), service);
}

/** @throws CommandError for one that cannot be read. */
export function readable({ found, unreadable }: Newest, service: string): StoredRollout {
  if (found) return found;
  const end = `while it is not over, weir rollout abort ${service} ends it`;
  throw new CommandError(exitCodes.refused, `${unreadableWords(unreadable)}; ${end}`);
}

type Newest =
  | { readonly found: StoredRollout; readonly unreadable?: never }
  | { readonly found?: never; readonly unreadable: UnreadableRow };

/** As {@link newestRolloutOf}, be it readable or not. @throws CommandError where it never had one. */
export async function newestOf(store: ConfigStore, service: string): Promise<Newest> {
  const listed = await store.listRollouts({ service: parseServiceRef(service), limit: 1 });
  const [[found], [unreadable]] = [listed.found, listed.unreadable];
  if (found) return { found };
  if (unreadable) return { unreadable };
  throw new CommandError(
    exitCodes.refused,
    `${service} has no rollout; begin one with weir rollout start -f plan.yaml`,
  );
}
