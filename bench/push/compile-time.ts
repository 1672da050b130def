/** What the controller has spent on compiling, encoding and hashing snapshots of a namespace. */
export interface CompileTime {
  readonly seconds: number;
  readonly count: number;
}

export async function compileTime(controllerPort: number): Promise<CompileTime> {
  // Between two readings lies a benchmark, and a connection kept that long may be closed just as it is used.
  const headers = { connection: "close" };
  const response = await fetch(`http://127.0.0.1:${controllerPort}/metrics`, { headers });
  const text = await response.text();
  const read = (name: string) => {
    const value = Number(new RegExp(`^weir_controller_compile_seconds_${name} (\\S+)$`, "m").exec(text)?.[1]);
    if (Number.isNaN(value))
      throw new Error(`the controller tells no weir_controller_compile_seconds_${name}`);
    return value;
  };
  return { seconds: read("sum"), count: read("count") };
}

/** Milliseconds of one compilation between two readings, on average. */
export function meanCompileMs(before: CompileTime, after: CompileTime): number {
  return (1_000 * (after.seconds - before.seconds)) / Math.max(1, after.count - before.count);
}
