import type { Reader, Writer } from "protobufjs/minimal.js";
import { at, jsonArray, type Kind, wireType } from "./kind.ts";

/** A numbered field of a message. */
export interface Field<V> {
  readonly number: number;
  /** Value in a message that does not carry the field. */
  readonly initial: V;
  /** Writes tag and value, or nothing where the value is what absence means. */
  write(writer: Writer, value: V): void;
  /** The field's new value; undefined when the wire type is not its own, so that it is skipped as unknown. */
  read(reader: Reader, wire: number, previous: V): V | undefined;
  /** Undefined: left out. */
  toJson(value: V): unknown;
  fromJson(json: unknown): V;
}

/** A field without presence: its zero value and its absence are the same (proto3). */
export function field<V>(number: number, kind: Kind<V>): Field<V> {
  const tag = tagOf(number, kind.wireType);
  return {
    number,
    initial: kind.zero,
    write(writer, value) {
      if (kind.isZero(value)) return;
      writer.uint32(tag);
      kind.write(writer, value);
    },
    read: (reader, wire) => (wire === kind.wireType ? kind.read(reader) : undefined),
    toJson: (value) => (kind.isZero(value) ? undefined : kind.toJson(value)),
    fromJson: (json) => kind.fromJson(json),
  };
}

/** A field with presence: `optional`, a message, or a member of a oneof. */
export function optional<V>(number: number, kind: Kind<V>): Field<V | undefined> {
  const tag = tagOf(number, kind.wireType);
  return {
    number,
    initial: undefined,
    write(writer, value) {
      if (value === undefined) return;
      writer.uint32(tag);
      kind.write(writer, value);
    },
    read: (reader, wire) => (wire === kind.wireType ? kind.read(reader) : undefined),
    toJson: (value) => (value === undefined ? undefined : kind.toJson(value)),
    fromJson: (json) => kind.fromJson(json),
  };
}

/** A list of messages or texts, each under its own tag; in protobuf, one of more than `atMost` is refused as it is read. */
export function repeated<V>(
  number: number,
  kind: Kind<V>,
  { atMost = Number.POSITIVE_INFINITY } = {},
): Field<readonly V[]> {
  const tag = tagOf(number, kind.wireType);
  return {
    ...list(number, kind),
    write(writer, values) {
      for (const value of values) {
        writer.uint32(tag);
        kind.write(writer, value);
      }
    },
    read(reader, wire, previous) {
      if (wire !== kind.wireType) return undefined;
      if (previous.length >= atMost) throw new RangeError(`a list has more than ${atMost} items`);
      return append(previous, kind.read(reader));
    },
  };
}

/** A list of numbers under one tag; a reader must also take them one by one (protobuf: packed repeated fields). */
export function packed<V extends number>(number: number, kind: Kind<V>): Field<readonly V[]> {
  const tag = tagOf(number, wireType.lengthDelimited);
  return {
    ...list(number, kind),
    write(writer, values) {
      if (values.length === 0) return;
      writer.uint32(tag).fork();
      for (const value of values) kind.write(writer, value);
      writer.ldelim();
    },
    read(reader, wire, previous) {
      if (wire === kind.wireType) return append(previous, kind.read(reader));
      if (wire !== wireType.lengthDelimited) return undefined;
      const end = endOf(reader);
      const values = [...previous];
      while (reader.pos < end) values.push(kind.read(reader));
      mustEndAt(reader, end);
      return values;
    },
  };
}

/** Reads a length and says where what it measures ends. */
export function endOf(reader: Reader): number {
  const length = reader.size();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError(`a length of ${length} reaches past the end of the body`);
  return end;
}

export function mustEndAt(reader: Reader, end: number): void {
  if (reader.pos !== end) throw new RangeError("a field reaches past the end of its message");
}

function tagOf(number: number, wire: number): number {
  return (number << 3) | wire;
}

// Shared by all messages that have none, and told apart by identity: the first value makes a list of its own.
const none: readonly never[] = Object.freeze([]);

function append<V>(previous: readonly V[], value: V): readonly V[] {
  if (previous === none) return [value];
  (previous as V[]).push(value);
  return previous;
}

function list<V>(number: number, kind: Kind<V>) {
  return {
    number,
    initial: none as readonly V[],
    toJson: (values: readonly V[]) => (values.length === 0 ? undefined : values.map((v) => kind.toJson(v))),
    fromJson: (json: unknown) => jsonArray(json).map((item, i) => at(i, () => kind.fromJson(item))),
  };
}
