import { Mode, type ModeSources } from "@weir/domain";
import type { Transaction } from "./config-database.ts";

/**
 * What the policies of a service inherit their mode from; a service that is not known follows its namespace. A hold of the mesh is
 * looked through: it passes, and then what it held acts.
 */
export async function modesAbove(
  transaction: Transaction,
  namespace: string,
  service: string,
): Promise<ModeSources> {
  const mesh = await transaction.mesh.findUniqueOrThrow({ where: { id: 1 }, select: { mode: true } });
  const place = await transaction.namespace.findUnique({
    where: { name: namespace },
    select: { mode: true, services: { where: { name: service }, select: { mode: true } } },
  });
  return {
    hold: false,
    mesh: Mode.parse(mesh.mode),
    namespace: modeOf(place?.mode),
    service: modeOf(place?.services[0]?.mode),
  };
}

function modeOf(stored: string | null | undefined): Mode | undefined {
  return stored == null ? undefined : Mode.parse(stored);
}
