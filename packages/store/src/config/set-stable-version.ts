import { compareVersions, findingOf, ValidationError } from "@weir/domain";
import { refuseSteeredService } from "../rollouts/refuse-steered.ts";
import { changeConfig } from "./change-config.ts";
import type { ConfigDatabase } from "./config-database.ts";
import type { Change } from "./config-store.ts";
import { findService } from "./set-mode.ts";

/** null: no pin, so that it follows the endpoints. Any version that ever had a workload may be chosen. */
export function setStableVersion(
  database: ConfigDatabase,
  namespace: string,
  name: string,
  version: string | null,
  change: Change,
): Promise<void> {
  const subject = `service/${namespace}/${name}`;
  return changeConfig(database, change, async ({ transaction, record }) => {
    const { id, stableVersion } = await findService(transaction, namespace, name);
    if (stableVersion === version) return;
    await refuseSteeredService(transaction, namespace, name);
    const workloads = await transaction.workload.findMany({ where: { serviceId: id } });
    const versions = workloads.map((workload) => workload.version).sort(compareVersions);
    if (version !== null && !versions.includes(version))
      throw new ValidationError(subject, [
        findingOf(
          "unknown-version",
          "stableVersion",
          `${name} has no version ${version}; it has ${versions.join(", ") || "none"}`,
        ),
      ]);
    await transaction.service.update({ where: { id }, data: { stableVersion: version } });
    record({
      action: "service.stableVersion",
      subject,
      before: stableVersion ?? undefined,
      after: version ?? undefined,
    });
  });
}
