/** The value at a key; made and kept where there is none. */
export function getOrAdd<K, V extends {}>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
