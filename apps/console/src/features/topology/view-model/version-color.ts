const hues = 6;

/** A version's hue: by its place among the versions of its service, the same on every page. */
export function versionColor(ordered: readonly { readonly version: string }[], version: string): string {
  const place = ordered.findIndex((candidate) => candidate.version === version);
  return `var(--series-${(Math.max(0, place) % hues) + 1})`;
}
