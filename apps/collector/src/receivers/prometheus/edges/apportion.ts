/**
 * Splits a count by weights into whole numbers whose sum is exactly the count. Rounds what has been given out so far,
 * so that no part is off by more than one. All to the last part where the weights are nothing.
 */
export function apportion(count: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let weight = 0;
  let given = 0;
  return weights.map((own, i) => {
    weight += own;
    const until = i === weights.length - 1 ? count : total > 0 ? Math.round((count * weight) / total) : 0;
    const part = Math.max(0, Math.min(until, count) - given);
    given += part;
    return part;
  });
}
