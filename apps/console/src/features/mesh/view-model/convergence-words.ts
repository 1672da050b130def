import type { Converged } from "../../../server/mesh/convergence.ts";
import { formatCount } from "../../../ui/format/numbers.ts";

type Counts = Pick<Converged, "sidecars" | "acked" | "refused">;

/** `all 98`, or `97 of 98, 1 refused`. */
export function convergenceWords({ sidecars, acked, refused }: Counts): string {
  const run =
    acked >= sidecars ? `all ${formatCount(sidecars)}` : `${formatCount(acked)} of ${formatCount(sidecars)}`;
  return refused > 0 ? `${run}, ${formatCount(refused)} refused` : run;
}

/** The longest time (ms) of those that reached everybody; undefined while none has. */
export function slowestOf(changes: readonly Converged[]): number | undefined {
  const took = changes.filter((one) => one.acked >= one.sidecars).map((one) => one.tookMs ?? 0);
  return took.length === 0 ? undefined : Math.max(...took);
}
