import { healthOf, type Outcomes } from "@weir/graph";
import { reasonOf } from "../view-model/health-reason.ts";
import { healthText } from "./health-glyph.tsx";

/** Why something is degraded or failing; nothing where there is nothing to explain. */
export function HealthReason({ outcomes }: { outcomes: Outcomes }) {
  const health = healthOf(outcomes);
  if (health === "ok" || health === "no-data") return null;
  return <p className={`mt-0.5 text-xs ${healthText[health]}`}>{reasonOf(outcomes)}</p>;
}
