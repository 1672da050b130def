import { type MeshConfig, Mode, Protocol, type Service } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { PolicyMemory } from "./policy-memory.ts";

export type RevisedMeshConfig = MeshConfig & { readonly revision: number };

export function readMeshConfig(database: ConfigDatabase, memory: PolicyMemory): Promise<RevisedMeshConfig> {
  return database.readAtOnce((transaction) => readConfigIn(transaction, memory));
}

/** All of the config as the transaction sees it, in the order of names. */
export async function readConfigIn(
  transaction: Transaction,
  memory: PolicyMemory,
): Promise<RevisedMeshConfig> {
  const mesh = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 } });
  const namespaces = await transaction.namespace.findMany({ orderBy: { name: "asc" } });
  const services = await transaction.service.findMany({
    include: { namespace: true },
    orderBy: [{ namespace: { name: "asc" } }, { name: "asc" }],
  });
  const policies = await memory.read(transaction);
  return {
    revision: mesh.revision,
    mesh: { mode: Mode.parse(mesh.mode), hold: mesh.hold },
    namespaces: namespaces.map(({ name, mode }) => ({ name, ...parseMode(mode) })),
    services: services.map((row) => ({ ...toService(row), namespace: row.namespace.name })),
    policies,
  };
}

interface ServiceRow {
  readonly name: string;
  readonly hosts: string[];
  readonly protocol: string;
  readonly mode: string | null;
  readonly stableVersion: string | null;
}

function toService(row: ServiceRow): Omit<Service, "namespace"> {
  return {
    name: row.name,
    hosts: row.hosts,
    protocol: Protocol.parse(row.protocol),
    ...parseMode(row.mode),
    ...(row.stableVersion === null ? {} : { stableVersion: row.stableVersion }),
  };
}

function parseMode(mode: string | null): { mode?: Mode } {
  return mode === null ? {} : { mode: Mode.parse(mode) };
}
