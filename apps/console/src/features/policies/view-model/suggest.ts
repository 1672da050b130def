import type { Completion, CompletionResult } from "@codemirror/autocomplete";
import { isMap, isPair, isScalar, type Node, type Pair, parseDocument, visit } from "yaml";
import type { Path, PolicySchema } from "./policy-schema.ts";

/** Stands for the word at the cursor while the text is read; no text of a policy has it. */
const marker = "weir-cursor";

/**
 * What may stand at an offset of a YAML text: members that are not there yet, or values. Null where nothing is known.
 * Unless it was asked for (`explicit`), nothing is offered where no word was begun.
 */
export function suggestionsAt(
  schema: PolicySchema,
  text: string,
  at: number,
  explicit: boolean,
): CompletionResult | null {
  const start = text.lastIndexOf("\n---", at - 1);
  const begin = start < 0 ? 0 : start + 1;
  const word = /[\w-]*$/.exec(text.slice(begin, at))?.[0] ?? "";
  if (word === "" && !explicit) return null;
  const from = at - word.length;
  const next = text.indexOf("\n---", at);
  const place = placeOf(text.slice(begin, from), text.slice(at, next < 0 ? undefined : next));
  if (!place) return null;
  const { path, content, members } = place;
  const options = schemasAt(schema, path, content).flatMap((found) =>
    members === undefined ? values(found) : missingMembers(found, members),
  );
  const unique = [...new Map(options.map((option) => [option.label, option])).values()];
  return unique.length === 0 ? null : { from, options: unique, validFor: /^[\w-]*$/ };
}

interface Place {
  readonly path: Path;
  /** The whole document, as data. */
  readonly content: unknown;
  /** Of the object whose member the cursor is in; undefined where it is in a value. */
  readonly members: readonly string[] | undefined;
}

function placeOf(before: string, after: string): Place | undefined {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const alone = /^[\s-]*$/.test(line) && /^[ \t]*(\n|$)/.test(after);
  const document = parseDocument(`${before}${marker}${alone ? ":" : ""}${after}`, { logLevel: "silent" });
  let place: Place | undefined;
  visit(document, {
    Scalar(role, node, ancestors) {
      if (node.value !== marker) return undefined;
      const pair = ancestors.at(-1);
      const map = ancestors.at(-2);
      const key = role === "key" && isPair(pair) && isMap(map);
      const content = contentOf(document);
      place = key
        ? { path: pathOf(ancestors.slice(0, -1)), content, members: keysOf(map.items) }
        : { path: pathOf([...ancestors, node]), content, members: undefined };
      return visit.BREAK;
    },
  });
  return place;
}

/** The document as data; undefined where its aliases lead nowhere, or grow without end. */
function contentOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function keysOf(items: readonly Pair[]): string[] {
  return items.flatMap(({ key }) => (isScalar(key) && key.value !== marker ? [String(key.value)] : []));
}

/** Members and places on the way through these nodes, each of which holds the next. */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): Path => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    const holder = nodes[index - 1] as { items?: readonly unknown[] } | undefined;
    if (holder === undefined || isPair(holder) || isMap(holder as Node) || !holder.items) return [];
    return [holder.items.indexOf(node)];
  });
}

/** The schemas that may hold at a path; of a union those whose constants agree with what is written. */
function schemasAt(schema: PolicySchema, path: Path, content: unknown): PolicySchema[] {
  const here = alternatives(schema, content);
  const [part, ...rest] = path;
  if (part === undefined) return here;
  const below = (content as Record<string | number, unknown> | null | undefined)?.[part];
  return here.flatMap(({ properties, items }) => {
    const next = typeof part === "number" ? items : properties?.[part];
    return next ? schemasAt(next, rest, below) : [];
  });
}

function alternatives(schema: PolicySchema, content: unknown): PolicySchema[] {
  const options = schema.oneOf ?? schema.anyOf;
  if (!options) return [schema];
  const agreeing = options.filter((option) => agrees(option, content));
  return (agreeing.length > 0 ? agreeing : options).flatMap((option) => alternatives(option, content));
}

/** Is every constant of the schema that is written down written so? */
function agrees({ properties = {} }: PolicySchema, content: unknown): boolean {
  if (typeof content !== "object" || content === null) return true;
  const members = content as Readonly<Record<string, unknown>>;
  return Object.entries(properties).every(
    ([key, member]) =>
      member.const === undefined ||
      members[key] === undefined ||
      members[key] === member.const ||
      members[key] === marker,
  );
}

function missingMembers(
  { properties = {}, required = [] }: PolicySchema,
  there: readonly string[],
): Completion[] {
  return Object.entries(properties)
    .filter(([key]) => !there.includes(key))
    .map(([key, member]) => ({
      label: key,
      apply: `${key}: `,
      type: "property",
      detail: required.includes(key) ? "required" : shapeOf(member),
      boost: required.includes(key) ? 1 : 0,
      ...(member.description === undefined ? {} : { info: member.description }),
    }));
}

function values(schema: PolicySchema): Completion[] {
  const all = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const known = schema.type === "boolean" && all.length === 0 ? [true, false] : all;
  return known.map((value) => ({ label: String(value), type: "enum" }));
}

function shapeOf(schema: PolicySchema): string {
  return schema.enum || schema.anyOf || schema.oneOf ? "one of several" : (schema.type ?? "");
}
