const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A path with its ids left out: `/charges/ord_8f31c2d0/refunds/2` is `/charges/{id}/refunds/{id}`. An id is a segment of
 * digits, a UUID, or one of eight characters and more of which two are digits; `v1` and `HOM-LAMP` are none.
 */
export function pathTemplate(path: string): string {
  return path
    .split("/")
    .map((segment) => (isId(segment) ? "{id}" : segment))
    .join("/");
}

function isId(segment: string): boolean {
  if (/^\d+$/.test(segment) || uuid.test(segment)) return true;
  return segment.length >= 8 && (segment.match(/\d/g)?.length ?? 0) >= 2;
}
