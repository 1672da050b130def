import { compareVersions } from "@weir/domain/browser";

const hues = 6;

/** Colours of a service's versions by their natural order, so that v1 looks the same on every part of a page. */
export function versionHues(versions: readonly string[]): (version: string) => string {
  const ordered = [...new Set(versions)].sort(compareVersions);
  return (version) => {
    const index = ordered.indexOf(version);
    return index < 0 ? "var(--no-data)" : `var(--series-${(index % hues) + 1})`;
  };
}
