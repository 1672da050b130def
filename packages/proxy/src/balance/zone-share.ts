/** How much stays in the own zone, 0 to 1; `whole`: zones do not matter now. */
export type ZoneShare = number | "whole";

/** A zone counts as able to carry everything while 1 / 1.4 = 71 % of it are healthy (Envoy: overprovisioning). */
const overprovisioning = 1.4;

interface Counts {
  readonly all: number;
  readonly usable: number;
}

/**
 * The rule of zone preference, Envoy's for priority levels with the own zone as the first: the own zone takes
 * min(1, 1.4 * its healthy part), the other zones what remains, and where both together fall short of the whole they
 * share it in proportion to what each can take. With no host that may be used anywhere, zones do not matter.
 */
export function zoneShare(local: Counts, remote: Counts): ZoneShare {
  const here = Math.min(1, (overprovisioning * local.usable) / local.all);
  const there = Math.min(1 - here, (overprovisioning * remote.usable) / remote.all);
  return here + there === 0 ? "whole" : here / (here + there);
}
