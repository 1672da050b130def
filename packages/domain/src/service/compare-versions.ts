/** Natural order of versions, so that v2 comes before v10. */
export function compareVersions(a: string, b: string): number {
  return naturalOrder.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

const naturalOrder = new Intl.Collator("en", { numeric: true });
