/** Samples of a process's `/metrics`, summed over their labels, by name. */
export async function readMetrics(port: number): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sums = new Map<string, number>();
  for (const [, name, value] of text.matchAll(/^(\w+)(?:\{.*\})? (\S+)$/gm))
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  return sums;
}
