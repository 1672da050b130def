interface Share {
  readonly version: string;
  readonly share: number | undefined;
}

/** A version's part in a split: what it is meant to get, and what it got; both 0 to 1. */
export interface SplitPart {
  readonly version: string;
  readonly wanted: number;
  /** Undefined while nothing was sent. */
  readonly got: number | undefined;
}

/** The versions that a split names, and those that got requests though it does not, each with both shares. */
export function splitParts(
  backends: readonly { readonly version: string; readonly weight: number }[],
  sent: readonly Share[],
): SplitPart[] {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  const any = sent.some(({ share }) => share !== undefined);
  const versions = new Set([
    ...backends.map(({ version }) => version),
    ...sent.flatMap(({ version, share }) => (share ? [version] : [])),
  ]);
  return [...versions].map((version) => {
    const weight = backends
      .filter((one) => one.version === version)
      .reduce((sum, one) => sum + one.weight, 0);
    const got = sent.find((one) => one.version === version)?.share;
    return { version, wanted: total > 0 ? weight / total : 0, got: any ? (got ?? 0) : undefined };
  });
}
