import { Mode, parseOrThrow } from "@weir/domain";
import { changeConfig } from "./change-config.ts";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { Change } from "./config-store.ts";
import { NotFound } from "./not-found.ts";

const InheritedMode = Mode.nullable();

export async function setMeshMode(database: ConfigDatabase, mode: Mode, change: Change): Promise<void> {
  const after = parseOrThrow(Mode, mode, "mode of the mesh");
  return changeConfig(database, change, async ({ transaction, record }) => {
    const { mode: before } = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 } });
    if (before === after) return;
    await transaction.mesh.update({ where: { id: 1 }, data: { mode: after } });
    record({ action: "mesh.mode", subject: "mesh", before, after });
  });
}

export async function setMeshHold(database: ConfigDatabase, hold: boolean, change: Change): Promise<void> {
  return changeConfig(database, change, async ({ transaction, record }) => {
    const { hold: before } = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 } });
    if (before === hold) return;
    await transaction.mesh.update({ where: { id: 1 }, data: { hold } });
    record({ action: "mesh.hold", subject: "mesh", before, after: hold });
  });
}

export async function setNamespaceMode(
  database: ConfigDatabase,
  namespace: string,
  mode: Mode | null,
  change: Change,
): Promise<void> {
  const after = parseOrThrow(InheritedMode, mode, `mode of namespace ${namespace}`);
  return changeConfig(database, change, async ({ transaction, record }) => {
    const row = await transaction.namespace.findUnique({ where: { name: namespace } });
    if (!row) throw new NotFound(`namespace ${namespace}`);
    if (row.mode === after) return;
    await transaction.namespace.update({ where: { id: row.id }, data: { mode: after } });
    record({
      action: "namespace.mode",
      subject: `namespace/${namespace}`,
      before: row.mode ?? undefined,
      after: after ?? undefined,
    });
  });
}

export async function setServiceMode(
  database: ConfigDatabase,
  namespace: string,
  name: string,
  mode: Mode | null,
  change: Change,
): Promise<void> {
  const after = parseOrThrow(InheritedMode, mode, `mode of service ${namespace}/${name}`);
  return changeConfig(database, change, async ({ transaction, record }) => {
    const row = await findService(transaction, namespace, name);
    if (row.mode === after) return;
    await transaction.service.update({ where: { id: row.id }, data: { mode: after } });
    record({
      action: "service.mode",
      subject: `service/${namespace}/${name}`,
      before: row.mode ?? undefined,
      after: after ?? undefined,
    });
  });
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
