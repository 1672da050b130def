/** Milliseconds of each unit of `grpc-timeout` (gRPC over HTTP/2: Requests). */
const units: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** What `grpc-timeout` allows, in milliseconds; undefined where it says nothing that can be understood. */
export function parseGrpcTimeout(value: string | undefined): number | undefined {
  const match = value === undefined ? null : /^(\d{1,8})([HMSmun])$/.exec(value);
  return match ? Number(match[1]) * (units[match[2] as string] as number) : undefined;
}

const maxDigits = 99_999_999;

/** The same written down, in the finest unit of at most eight digits, never more than was meant; at least 1n. */
export function formatGrpcTimeout(timeoutMs: number): string {
  for (const unit of ["n", "u", "m", "S", "M"]) {
    const amount = Math.floor(timeoutMs / (units[unit] as number));
    if (amount <= maxDigits) return `${Math.max(1, amount)}${unit}`;
  }
  return `${Math.min(maxDigits, Math.floor(timeoutMs / (units.H as number)))}H`;
}
