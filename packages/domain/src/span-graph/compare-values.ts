/** Order of two values of one kind, as `Array.prototype.sort` wants it; texts by UTF-16 code units. */
export function compareValues<Value extends string | number | boolean>(one: Value, other: Value): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
