import { meshAttributes, type Peer, peerOf } from "@weir/domain";
import {
  type AttributesEntry,
  BoundedMap,
  jsonText,
  type SpanBlockWriter,
  type SpanDictionary,
} from "@weir/store";
import type { AttributeValue } from "@weir/telemetry/otlp";
import { type AttributeKey, AttributeKeys, type AttributeRules, type KeyRule } from "./attribute-keys.ts";
import { scopeAttributes } from "./scope-attributes.ts";
import type { SharedAttributes } from "./shared-attributes.ts";
import type { AttributeRange, SpanFields } from "./span-fields.ts";
import { readValue, writeValue } from "./value-writer.ts";
import type { WireCursor } from "./wire-cursor.ts";

/** What a span's attributes say besides themselves. */
export interface DescribedSpan {
  readonly set: AttributesEntry | undefined;
  readonly peer: Peer | undefined;
  readonly sampled: boolean;
}

/** An attribute of the span at hand. */
interface Attribute {
  readonly range: AttributeRange;
  readonly key: AttributeKey;
  readonly rule: KeyRule;
}

interface KnownSet {
  readonly entry: AttributesEntry | undefined;
  readonly values: Readonly<Record<string, AttributeValue>>;
  readonly peer: Peer | undefined;
}

/** Longer values stand in the span: they are hardly ever the same twice. */
const longestShared = 256;
/** In bytes, of all that a span has in common with others; what goes beyond stands in the span. */
const longestSet = 8 * 1024;
/** Attributes of a set. */
const mostShared = 32;
const mostSets = 50_000;

/**
 * Writes the attributes of spans: those that are a span's own into its row, those it has in common with others as a set
 * that many rows name. The instrumentation scope belongs to what is common.
 */
export class SpanAttributes {
  readonly #dictionary: SpanDictionary;
  readonly #rules: AttributeRules;
  readonly #keys: AttributeKeys;
  readonly #sets = new BoundedMap<KnownSet>(mostSets);
  /** The bytes that a set is known by: the scope, kind and sampling, the attributes as they came. */
  readonly #scratch = Buffer.allocUnsafe(2 * longestSet);
  #scopeEnd = 0;
  #scope: Buffer = Buffer.alloc(0);
  // Filled anew with every span.
  #shared: Attribute[] = [];
  #own: Attribute[] = [];
  #ownPeer = false;

  constructor(dictionary: SpanDictionary, rules: AttributeRules) {
    this.#dictionary = dictionary;
    this.#rules = rules;
    this.#keys = new AttributeKeys(rules);
  }

  /** The InstrumentationScope that the next spans belong to stands in [from, to) of a body. */
  setScope(body: Buffer, from: number, to: number): void {
    // One that long is told apart by its beginning, and so not at all from another: such scopes are left out.
    this.#scope = to - from > longestSet ? body.subarray(0, 0) : body.subarray(from, to);
    this.#scopeEnd = this.#scratch.writeUInt32LE(this.#scope.length) + this.#scope.copy(this.#scratch, 4);
  }

  /** Writes the column of own attributes. `thinned`: the collector leaves spans out, so that each stands for several. */
  write(
    writer: SpanBlockWriter,
    cursor: WireCursor,
    fields: SpanFields,
    shared: SharedAttributes,
    thinned: boolean,
  ): DescribedSpan {
    const { body } = cursor;
    const sampled = thinned || saysSampled(body, fields);
    const set = this.#findSet(body, fields, shared, sampled);
    this.#writeOwn(writer, cursor);
    const peer = this.#ownPeer ? peerOf(fields.kind, { ...set.values, ...this.#ownValues(body) }) : set.peer;
    return { set: set.entry, peer, sampled: sampled || meshAttributes.reporter in set.values };
  }

  #findSet(body: Buffer, fields: SpanFields, shared: SharedAttributes, sampled: boolean): KnownSet {
    for (;;) {
      this.#part(body, fields, shared);
      const bytes = this.#bytesOfSet(body, fields.kind, sampled);
      const known = this.#sets.get(bytes);
      if (known) return known;
      const varies = shared.learn(
        this.#shared.map(({ key, range }) => [key, body.subarray(range.valueFrom, range.valueTo)] as const),
      );
      if (varies) continue;
      const made = this.#makeSet(body, fields.kind, sampled);
      this.#sets.set(bytes, made);
      return made;
    }
  }

  /** Parts the attributes into those that are the span's own and those that it has in common with others. */
  #part(body: Buffer, { kind, attributes }: SpanFields, shared: SharedAttributes): void {
    this.#shared.length = this.#own.length = 0;
    this.#ownPeer = false;
    let setBytes = 0;
    let aliases = false;
    for (let i = 0; i < attributes.length; i++) {
      const range = attributes.items[i] as AttributeRange;
      const key = this.#keys.find(body, range.nameFrom, range.nameTo);
      const rule = key.rules[kind] ?? this.#keys.rule(key, kind);
      if (rule.action === "drop") continue;
      if (rule.isAlias) aliases = true;
      const isOwn =
        range.valueTo - range.valueFrom > longestShared ||
        shared.isOwn(key) ||
        setBytes + range.to - range.from > longestSet ||
        this.#shared.length >= mostShared;
      if (isOwn) {
        this.#own.push({ range, key, rule });
        if (rule.isPeer) this.#ownPeer = true;
      } else {
        setBytes += range.to - range.from;
        this.#shared.push({ range, key, rule });
      }
    }
    if (aliases) this.#dropAliases();
  }

  /** What has a name of today and an older one has come twice; the one of today counts. */
  #dropAliases(): void {
    const names = new Set<string>();
    for (const { rule } of [...this.#shared, ...this.#own]) if (!rule.isAlias) names.add(rule.name);
    const stays = ({ rule }: Attribute): boolean => !rule.isAlias || !names.has(rule.name);
    this.#shared = this.#shared.filter(stays);
    this.#own = this.#own.filter(stays);
  }

  #bytesOfSet(body: Buffer, kind: number, sampled: boolean): string {
    const scratch = this.#scratch;
    let at = this.#scopeEnd;
    scratch[at++] = kind | (sampled ? 0x80 : 0);
    for (const { range } of this.#shared) at += body.copy(scratch, at, range.from, range.to);
    return scratch.toString("latin1", 0, at);
  }

  #makeSet(body: Buffer, kind: number, sampled: boolean): KnownSet {
    const values: Record<string, AttributeValue> = { ...scopeAttributes(this.#scope) };
    for (const attribute of this.#shared) values[attribute.rule.name] = this.#valueOf(body, attribute);
    // A sidecar's spans are always a sample, and say so by who reports them.
    if (sampled && !(meshAttributes.reporter in values)) values[meshAttributes.sampled] = true;
    const entry =
      Object.keys(values).length === 0 ? undefined : this.#dictionary.attributeSet(jsonText(values));
    return { entry, values, peer: peerOf(kind, values) };
  }

  #writeOwn(writer: SpanBlockWriter, cursor: WireCursor): void {
    const own = this.#own;
    if (own.length === 0) {
      writer.null();
      return;
    }
    const { readsTexts } = this.#rules;
    writer.beginJson();
    for (let i = 0; i < own.length; i++) {
      const attribute = own[i] as Attribute;
      const { rule, range } = attribute;
      writer.jsonMember(i === 0, rule.member);
      if (rule.action === "keep" && !readsTexts) writeValue(writer, cursor, range.valueFrom, range.valueTo);
      else writer.jsonText(jsonText(this.#valueOf(cursor.body, attribute)));
    }
    writer.jsonText("}");
    writer.endJson();
  }

  #ownValues(body: Buffer): Record<string, AttributeValue> {
    const peers = this.#own.filter(({ rule }) => rule.isPeer);
    return Object.fromEntries(
      peers.map((attribute) => [attribute.rule.name, this.#valueOf(body, attribute)]),
    );
  }

  #valueOf(body: Buffer, { rule, range }: Attribute): AttributeValue {
    return this.#rules.apply(rule, readValue(body, range.valueFrom, range.valueTo));
  }
}

/** OpenTelemetry's sampling threshold in the tracestate (`ot=th:…`); zero means that nothing was left out. */
const threshold = /(?:^|[,;])\s*ot=(?:[^,]*;)?th:(?!0+(?:[;,]|$))[0-9a-f]+/;

function saysSampled(body: Buffer, { traceStateFrom, traceStateTo }: SpanFields): boolean {
  return (
    traceStateTo > traceStateFrom && threshold.test(body.toString("latin1", traceStateFrom, traceStateTo))
  );
}
