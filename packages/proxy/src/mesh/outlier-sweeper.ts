import type { Clock } from "../clock.ts";
import type { Mesh } from "./mesh.ts";
import type { ServiceView } from "./service-view.ts";

/** Policies' own intervals are seconds, and what they eject or return may be that late. */
const stepMs = 500;

/** One timer for the outlier detection of all services; whose interval is over is the policies' own matter. */
export function startOutlierSweeper(
  mesh: Mesh,
  clock: Clock,
  changed: (service: ServiceView, reason: string) => void,
): { close(): void } {
  const timer = setInterval(() => {
    mesh.sweepOutliers(clock.wallMs(), (service, { reason }) => changed(service, reason ?? returned));
  }, stepMs);
  timer.unref();
  return { close: () => clearInterval(timer) };
}

/** The reason that a return is counted under. */
const returned = "returned";
