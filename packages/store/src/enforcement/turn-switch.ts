import type { Mode, ModeSwitch } from "@weir/domain";
import type { ChangeContext } from "../config/change-config.ts";
import type { Change } from "../config/config-store.ts";
import { NotFound } from "../config/not-found.ts";
import { findService, setMeshModeIn, setNamespaceModeIn, setServiceModeIn } from "../config/set-mode.ts";
import { findPolicy, setPolicyModeIn } from "../config/set-policy-mode.ts";

/** What a switch stands at. */
export interface Position {
  /** null: inherited. */
  readonly mode: Mode | null;
  /** Of a policy. */
  readonly revision: number | undefined;
}

/** @throws NotFound */
export async function positionOf({ transaction }: ChangeContext, at: ModeSwitch): Promise<Position> {
  switch (at.scope) {
    case "mesh": {
      const { mode } = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 } });
      return { mode: mode as Mode, revision: undefined };
    }
    case "namespace": {
      const row = await transaction.namespace.findUnique({ where: { name: at.name } });
      if (!row) throw new NotFound(`namespace ${at.name}`);
      return { mode: row.mode as Mode | null, revision: undefined };
    }
    case "service": {
      const row = await findService(transaction, at.namespace, at.name);
      return { mode: row.mode as Mode | null, revision: undefined };
    }
    case "policy": {
      const policy = await findPolicy({ transaction }, at.namespace, at.name);
      return { mode: policy.mode ?? null, revision: policy.revision };
    }
  }
}

/** Sets it, as whoever sets a mode alone does: with the same entry in the audit. */
export async function turnSwitch(
  context: ChangeContext,
  at: ModeSwitch,
  mode: Mode | null,
  { author, reason }: Change,
): Promise<Position> {
  const change = { author, reason };
  if (at.scope === "mesh") await setMeshModeIn(context, mode ?? "observe", change);
  else if (at.scope === "namespace") await setNamespaceModeIn(context, at.name, mode, change);
  else if (at.scope === "service") await setServiceModeIn(context, at.namespace, at.name, mode, change);
  else {
    const { revision } = await setPolicyModeIn(context, at.namespace, at.name, mode, change);
    return { mode, revision };
  }
  return { mode, revision: undefined };
}
