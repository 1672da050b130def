import type { Reader, Writer } from "protobufjs/minimal.js";
import { endOf, type Field, mustEndAt } from "./field.ts";
import { JsonMismatch, jsonObject, type Kind, wireType } from "./kind.ts";

/** One field for every property: a property added to a message without its number does not compile. */
export type Schema<T> = { readonly [K in keyof T]: Field<T[K]> };

/** What an encoder takes: every property may be left out, and means its default then. */
export type Draft<T> = T extends string | number | bigint | boolean | undefined | Uint8Array
  ? T
  : T extends readonly (infer U)[]
    ? readonly Draft<U>[]
    : string extends keyof T
      ? T
      : { readonly [K in keyof T]?: Draft<T[K]> | undefined };

export interface MessageKind<T> extends Kind<T> {
  /** Reads fields until `end`; a message at the top has no length before it. */
  readBody(reader: Reader, end: number): T;
  writeBody(writer: Writer, message: T): void;
}

/** Optional fields of which a message holds one at most. */
type Oneof<T> = readonly (keyof T & string)[];

interface KnownField<T> {
  readonly key: keyof T & string;
  readonly field: Field<unknown>;
  /** The oneof that it is a member of. */
  readonly oneof: Oneof<T> | undefined;
}

/**
 * A message by its fields. Unknown fields are skipped; the last of a repeated single field wins, and so does the last
 * member of a oneof (proto3), in JSON by the order of the text.
 */
export function message<T extends object>(
  schema: Schema<T>,
  { oneof }: { readonly oneof?: Oneof<T> } = {},
): MessageKind<T> {
  const entries = Object.entries(schema) as [keyof T & string, Field<unknown>][];
  const byNumber: (KnownField<T> | undefined)[] = [];
  for (const [key, field] of entries)
    byNumber[field.number] = { key, field, oneof: oneof?.includes(key) ? oneof : undefined };
  // Spread from one template so that all messages of a kind share one hidden class.
  const template = Object.fromEntries(entries.map(([key, field]) => [key, field.initial])) as T;

  const kind: MessageKind<T> = {
    wireType: wireType.lengthDelimited,
    zero: template,
    isZero: () => false,
    readBody(reader, end) {
      const result: Record<string, unknown> = { ...(template as Record<string, unknown>) };
      while (reader.pos < end) {
        const tag = reader.tag();
        const known = byNumber[tag >>> 3];
        const value = known?.field.read(reader, tag & 7, result[known.key]);
        if (known && value !== undefined) {
          if (known.oneof) clear(result, known.oneof);
          result[known.key] = value;
        } else reader.skipType(tag & 7, 0, tag >>> 3);
      }
      mustEndAt(reader, end);
      return result as T;
    },
    writeBody(writer, value) {
      for (const [key, field] of entries) {
        const part: unknown = value[key];
        if (part !== undefined) field.write(writer, part);
      }
    },
    read: (reader) => kind.readBody(reader, endOf(reader)),
    write(writer, value) {
      writer.fork();
      kind.writeBody(writer, value);
      writer.ldelim();
    },
    toJson(value) {
      const json: Record<string, unknown> = {};
      for (const [key, field] of entries) {
        const part: unknown = value[key];
        const text = part === undefined ? undefined : field.toJson(part);
        if (text !== undefined) json[key] = text;
      }
      return json;
    },
    fromJson(json) {
      const source = jsonObject(json);
      const result: Record<string, unknown> = { ...(template as Record<string, unknown>) };
      for (const [key, field] of entries) {
        const part = source[key];
        if (part === undefined || part === null) continue;
        try {
          result[key] = field.fromJson(part);
        } catch (error) {
          throw error instanceof JsonMismatch ? error.within(key) : error;
        }
      }
      if (oneof) keepLast(result, oneof, source);
      return result as T;
    },
  };
  return kind;
}

function clear(message: Record<string, unknown>, members: readonly string[]): void {
  for (const member of members) message[member] = undefined;
}

function keepLast(
  message: Record<string, unknown>,
  members: readonly string[],
  source: Record<string, unknown>,
): void {
  const given = members.filter((member) => message[member] !== undefined);
  if (given.length < 2) return;
  const last = Object.keys(source).findLast((key) => given.includes(key));
  clear(
    message,
    given.filter((member) => member !== last),
  );
}
