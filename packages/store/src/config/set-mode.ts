import { Mode, parseOrThrow } from "@weir/domain";
import { type ChangeContext, changeConfig } from "./change-config.ts";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { SwitchChange } from "./config-store.ts";
import { NotFound } from "./not-found.ts";
import { expectSwitch } from "./stale-switch.ts";

const InheritedMode = Mode.nullable();

// Each gives back what was set before. Nothing changed is no change, whatever was expected: a request that is sent twice
// must not look like a conflict with oneself.

export function setMeshMode(database: ConfigDatabase, mode: Mode, change: SwitchChange<Mode>): Promise<Mode> {
  return changeConfig(database, change, (context) => setMeshModeIn(context, mode, change));
}

export async function setMeshModeIn(
  { transaction, record }: ChangeContext,
  mode: Mode,
  change: SwitchChange<Mode>,
): Promise<Mode> {
  const after = parseOrThrow(Mode, mode, "mode of the mesh");
  const mesh = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 } });
  const before = parseOrThrow(Mode, mesh.mode, "stored mode of the mesh");
  if (before === after) return before;
  expectSwitch("mode of the mesh", change.expected, before);
  await transaction.mesh.update({ where: { id: 1 }, data: { mode: after } });
  record({ action: "mesh.mode", subject: "mesh", before, after });
  return before;
}

export async function setMeshHold(
  database: ConfigDatabase,
  hold: boolean,
  change: SwitchChange<boolean>,
): Promise<boolean> {
  return changeConfig(database, change, async ({ transaction, record }) => {
    const { hold: before } = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 } });
    if (before === hold) return before;
    expectSwitch("hold of the mesh", change.expected, before);
    await transaction.mesh.update({ where: { id: 1 }, data: { hold } });
    record({ action: "mesh.hold", subject: "mesh", before, after: hold });
    return before;
  });
}

export function setNamespaceMode(
  database: ConfigDatabase,
  namespace: string,
  mode: Mode | null,
  change: SwitchChange<Mode | null>,
): Promise<Mode | null> {
  return changeConfig(database, change, (context) => setNamespaceModeIn(context, namespace, mode, change));
}

export async function setNamespaceModeIn(
  { transaction, record }: ChangeContext,
  namespace: string,
  mode: Mode | null,
  change: SwitchChange<Mode | null>,
): Promise<Mode | null> {
  const after = parseOrThrow(InheritedMode, mode, `mode of namespace ${namespace}`);
  const row = await transaction.namespace.findUnique({ where: { name: namespace } });
  if (!row) throw new NotFound(`namespace ${namespace}`);
  const before = parseOrThrow(InheritedMode, row.mode, `stored mode of namespace ${namespace}`);
  if (before === after) return before;
  expectSwitch(`mode of namespace ${namespace}`, change.expected, before);
  await transaction.namespace.update({ where: { id: row.id }, data: { mode: after } });
  record({
    action: "namespace.mode",
    subject: `namespace/${namespace}`,
    before: before ?? undefined,
    after: after ?? undefined,
  });
  return before;
}

export function setServiceMode(
  database: ConfigDatabase,
  namespace: string,
  name: string,
  mode: Mode | null,
  change: SwitchChange<Mode | null>,
): Promise<Mode | null> {
  return changeConfig(database, change, (context) =>
    setServiceModeIn(context, namespace, name, mode, change),
  );
}

export async function setServiceModeIn(
  { transaction, record }: ChangeContext,
  namespace: string,
  name: string,
  mode: Mode | null,
  change: SwitchChange<Mode | null>,
): Promise<Mode | null> {
  const after = parseOrThrow(InheritedMode, mode, `mode of service ${namespace}/${name}`);
  const row = await findService(transaction, namespace, name);
  const before = parseOrThrow(InheritedMode, row.mode, `stored mode of service ${namespace}/${name}`);
  if (before === after) return before;
  expectSwitch(`mode of service ${namespace}/${name}`, change.expected, before);
  await transaction.service.update({ where: { id: row.id }, data: { mode: after } });
  record({
    action: "service.mode",
    subject: `service/${namespace}/${name}`,
    before: before ?? undefined,
    after: after ?? undefined,
  });
  return before;
}

/** @throws NotFound */
export async function findService(
  transaction: Transaction,
  namespace: string,
  name: string,
): Promise<{ id: number; mode: string | null; stableVersion: string | null }> {
  const row = await transaction.service.findFirst({ where: { name, namespace: { name: namespace } } });
  if (!row) throw new NotFound(`service ${namespace}/${name}`);
  return row;
}
