/**
 * The present address as a view keeps it: path and query, without the frame's own dialog that is open over it.
 */
export function viewAddress({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const query = new URLSearchParams(search);
  query.delete("open");
  return query.size === 0 ? pathname : `${pathname}?${query}`;
}
