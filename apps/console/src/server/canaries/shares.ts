import { compareVersions } from "@weir/domain";

export interface VersionShare {
  readonly version: string;
  /** 0 to 1. */
  readonly share: number;
}

/** Shares of versions by their requests; empty where there are none. */
export function observedShares(
  versions: readonly { readonly version: string; readonly requests: number }[],
): VersionShare[] {
  const total = versions.reduce((sum, { requests }) => sum + requests, 0);
  if (total === 0) return [];
  return versions
    .filter(({ version }) => version !== "")
    .map(({ version, requests }) => ({ version, share: requests / total }));
}

/** Shares of versions by the sidecars' verdicts; one that chose no version does not count. */
export function decidedShares(
  verdicts: readonly { readonly verdict: string; readonly evaluated: number }[],
): VersionShare[] {
  const counts = new Map<string, number>();
  for (const { verdict, evaluated } of verdicts) {
    const version = /^version=([^,]+)/.exec(verdict)?.[1];
    if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + evaluated);
  }
  const versions = [...counts].map(([version, requests]) => ({ version, requests }));
  return observedShares(versions.sort((a, b) => compareVersions(a.version, b.version)));
}
