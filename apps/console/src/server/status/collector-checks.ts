import { type Check, failed, ok, warning } from "./check.ts";
import type { MeshFacts } from "./mesh-facts.ts";

/** Sidecars send every few seconds, and slots are of ten. */
const lagWarningMs = 30_000;
const lagFailedMs = 5 * 60_000;
const spoolWarning = 0.5;
const spoolCritical = 0.9;

/** Whether telemetry comes, and is stored. */
export function collectorChecks(facts: MeshFacts): Check[] {
  return [
    { id: "telemetry.lag", ...lag(facts) },
    { id: "collector.spool", ...spool(facts) },
    ...alerts(facts),
  ];
}

function lag({ database, atMs }: MeshFacts): Omit<Check, "id"> {
  if (!database) return { state: "unknown", says: "not known while the database is away" };
  const { newestSlotEndMs } = database;
  if (newestSlotEndMs === undefined)
    return warning(
      "no telemetry has come yet",
      "give a sidecar telemetry.otlp, or point an OpenTelemetry exporter at the collector (port 4318)",
    );
  const ageMs = Math.max(0, atMs - newestSlotEndMs);
  if (ageMs < lagWarningMs) return ok("telemetry is up to date");
  const says = `the newest telemetry is ${Math.round(ageMs / 1_000)} s old`;
  const hint =
    "see whether sidecars reach the collector (weir_telemetry_* of their /metrics), and its alerts";
  return ageMs < lagFailedMs ? warning(says, hint) : failed(says, hint);
}

function spool({ collector: { status } }: MeshFacts): Omit<Check, "id"> {
  if (!status) return { state: "unknown", says: "the collector does not tell of itself" };
  if (!status.spool)
    return warning(
      "the collector has no spool: what comes while the database is away is turned away",
      "set WEIR_SPOOL_DIR of the collector",
    );
  const { requests, bytes, maxBytes } = status.spool;
  const share = bytes / maxBytes;
  const says = `${requests} requests wait in the spool, which is ${Math.floor(share * 100)} % full`;
  if (share < spoolWarning) return ok(says);
  const hint = "bring the database back or give it more processor time; a full spool turns senders away";
  return share < spoolCritical ? warning(says, hint) : failed(says, hint);
}

/** What the collector says itself; its spool and partitions are looked at by checks of their own. */
function alerts({ collector: { status } }: MeshFacts): Check[] {
  return (status?.alerts ?? [])
    .filter(({ code }) => code !== "spool_filling" && code !== "partitions_short")
    .map(({ code, severity, message }) => ({
      id: `collector.${code}`,
      state: severity === "critical" ? "failed" : "warning",
      says: `the collector says: ${message}`,
    }));
}
