const medianMs = 110;
const sigma = 0.45;

/**
 * How long the carrier's own system takes to confirm a tariff: lognormal, as remote services are. Half of the answers
 * within 110 ms, nine in ten within 200 ms, one in a hundred over 310 ms; never beyond a second.
 */
export function carrierLatencyMs(random: () => number): number {
  // Box-Muller; 1 - random() keeps the logarithm away from zero.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(1_000, medianMs * Math.exp(sigma * normal));
}
