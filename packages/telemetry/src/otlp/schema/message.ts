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

/** A message by its fields. Unknown fields are skipped, the last of a repeated single field wins (proto3). */
export function message<T extends object>(schema: Schema<T>): MessageKind<T> {
  const entries = Object.entries(schema) as [keyof T & string, Field<unknown>][];
  const byNumber: ({ key: keyof T & string; field: Field<unknown> } | undefined)[] = [];
  for (const [key, field] of entries) byNumber[field.number] = { key, field };
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
        if (known && value !== undefined) result[known.key] = value;
        else reader.skipType(tag & 7, 0, tag >>> 3);
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
      return result as T;
    },
  };
  return kind;
}
