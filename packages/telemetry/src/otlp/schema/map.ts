import type { Field } from "./field.ts";
import { endOf, mustEndAt } from "./field.ts";
import { at, jsonObject, type Kind, wireType } from "./kind.ts";
import { string } from "./scalars.ts";

/**
 * A `map<string, V>` field: entries of key 1 and value 2 (protobuf encoding guide: maps). Of a repeated key the last
 * value counts.
 */
export function map<V>(number: number, kind: Kind<V>): Field<ReadonlyMap<string, V>> {
  // Shared by all messages that have no entry, and told apart by identity.
  const none: ReadonlyMap<string, V> = new Map();
  const fieldTag = (number << 3) | wireType.lengthDelimited;
  const keyTag = (1 << 3) | wireType.lengthDelimited;
  const valueTag = (2 << 3) | kind.wireType;
  return {
    number,
    initial: none,
    write(writer, entries) {
      for (const [key, value] of entries) {
        writer.uint32(fieldTag).fork().uint32(keyTag).string(key).uint32(valueTag);
        kind.write(writer, value);
        writer.ldelim();
      }
    },
    read(reader, wire, previous) {
      if (wire !== wireType.lengthDelimited) return undefined;
      const end = endOf(reader);
      let key = "";
      let value = kind.zero;
      while (reader.pos < end) {
        const tag = reader.tag();
        if (tag === keyTag) key = reader.string();
        else if (tag === valueTag) value = kind.read(reader);
        else reader.skipType(tag & 7, 0, tag >>> 3);
      }
      mustEndAt(reader, end);
      const entries = previous === none ? new Map<string, V>() : (previous as Map<string, V>);
      return entries.set(key, value);
    },
    toJson: (entries) =>
      entries.size === 0
        ? undefined
        : Object.fromEntries(Array.from(entries, ([key, value]) => [key, kind.toJson(value)])),
    fromJson: (json) =>
      new Map(
        Object.entries(jsonObject(json)).map(([key, value]) => [
          string.fromJson(key),
          at(key, () => kind.fromJson(value)),
        ]),
      ),
  };
}
