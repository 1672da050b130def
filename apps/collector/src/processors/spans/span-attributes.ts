import { meshAttributes, type Peer, peerOf } from "@weir/domain";
import {
  type AttributesEntry,
  BoundedMap,
  jsonText,
  type ServiceIdentity,
  type SpanBlockWriter,
  type SpanDictionary,
} from "@weir/store";
import type { AttributeValue } from "@weir/telemetry/otlp";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { istioServiceOf } from "../sender.ts";
import { AttributeKeys, type KeyRule } from "./attribute-keys.ts";
import { scopeAttributes } from "./scope-attributes.ts";
import type { SharedAttributes } from "./shared-attributes.ts";
import type { AttributeRange, SpanFields } from "./span-fields.ts";
import { isScalar, readValue, writeValue } from "./value-writer.ts";
import type { WireCursor } from "./wire-cursor.ts";

/** What a span's attributes say besides themselves. */
export interface DescribedSpan {
  readonly set: AttributesEntry | undefined;
  readonly peer: Peer | undefined;
  readonly sampled: boolean;
  /** Where the attributes name the service, and not the resource. */
  readonly service: ServiceIdentity | undefined;
}

interface KnownSet {
  readonly entry: AttributesEntry | undefined;
  readonly values: Readonly<Record<string, AttributeValue>>;
  readonly peer: Peer | undefined;
  readonly service: ServiceIdentity | undefined;
}

/** Longer values stand in the span: they are hardly ever the same twice. */
const longestShared = 256;
/** In bytes, of all that a span has in common with others; what goes beyond stands in the span. */
const longestSet = 2 * 1024;
/** Attributes of a set. */
const mostShared = 32;
const mostSets = 20_000;

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
  readonly #scratch = Buffer.allocUnsafe(3 * longestSet);
  #scopeEnd = 0;
  #scope: Buffer = Buffer.alloc(0);
  #isScopeTooLong = false;
  // Filled anew with every span, and never shortened: objects made for every attribute would cost more than the work.
  #shared: AttributeRange[] = [];
  #sharedCount = 0;
  #own: AttributeRange[] = [];
  #ownCount = 0;
  #ownDescribes = false;

  constructor(dictionary: SpanDictionary, rules: AttributeRules) {
    this.#dictionary = dictionary;
    this.#rules = rules;
    this.#keys = new AttributeKeys(rules);
  }

  /** The InstrumentationScope that the next spans belong to stands in [from, to) of a body. */
  setScope(body: Buffer, from: number, to: number): void {
    // One that long is told apart by its beginning, and so not at all from another: such scopes are left out.
    this.#isScopeTooLong = to - from > longestSet;
    this.#scope = this.#isScopeTooLong ? body.subarray(0, 0) : body.subarray(from, to);
    this.#scopeEnd = this.#scratch.writeUInt32LE(this.#scope.length) + this.#scope.copy(this.#scratch, 4);
  }

  /** Whether spans are written without the scope that was set last. */
  get isScopeTooLong(): boolean {
    return this.#isScopeTooLong;
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
    const isSampled = sampled || meshAttributes.reporter in set.values;
    if (!this.#ownDescribes)
      return { set: set.entry, peer: set.peer, service: set.service, sampled: isSampled };
    const values = { ...set.values, ...this.#ownValues(body) };
    const peer = peerOf(fields.kind, values);
    return { set: set.entry, peer, service: istioServiceOf(values), sampled: isSampled };
  }

  #findSet(body: Buffer, fields: SpanFields, shared: SharedAttributes, sampled: boolean): KnownSet {
    for (;;) {
      this.#part(body, fields, shared);
      const bytes = this.#bytesOfSet(body, fields.kind, sampled);
      const known = this.#sets.get(bytes);
      if (known) return known;
      if (shared.learn(body, this.#sharedNow())) continue;
      const made = this.#makeSet(body, fields.kind, sampled);
      this.#sets.set(bytes, made);
      return made;
    }
  }

  #sharedNow(): readonly AttributeRange[] {
    return this.#shared.slice(0, this.#sharedCount);
  }

  #ownNow(): readonly AttributeRange[] {
    return this.#own.slice(0, this.#ownCount);
  }

  /** Parts the attributes into those that are the span's own and those that it has in common with others. */
  #part(body: Buffer, { kind, attributes }: SpanFields, shared: SharedAttributes): void {
    this.#sharedCount = this.#ownCount = 0;
    this.#ownDescribes = false;
    let setBytes = 0;
    let aliases = false;
    for (let i = 0; i < attributes.length; i++) {
      const range = attributes.items[i] as AttributeRange;
      const key = this.#keys.find(body, range.nameFrom, range.nameTo);
      const known = key.rules[kind] ?? this.#keys.rule(key, kind);
      const { action, rank, split } = known.rule;
      if (action === "drop") continue;
      range.key = key;
      range.known = known;
      range.rank = rank;
      range.part = undefined;
      if (rank > 0) aliases = true;
      if (split && this.#addParts(body, range, kind)) continue;
      const length = range.to - range.from;
      const isOwn =
        range.valueTo - range.valueFrom > longestShared ||
        shared.isOwn(key) ||
        setBytes + length > longestSet ||
        this.#sharedCount >= mostShared;
      if (isOwn) this.#addOwn(range);
      else {
        setBytes += length;
        this.#shared[this.#sharedCount++] = range;
      }
    }
    if (aliases) this.#dropAliases();
  }

  #addOwn(range: AttributeRange): void {
    this.#own[this.#ownCount++] = range;
    if (range.known?.describes) this.#ownDescribes = true;
  }

  /** An attribute of several parts (an old `http.target`, say) is several of the span's own. False: it is no text. */
  #addParts(body: Buffer, whole: AttributeRange, kind: number): boolean {
    const value = readValue(body, whole.valueFrom, whole.valueTo);
    const parts = typeof value === "string" ? whole.known?.rule.split?.(value) : undefined;
    for (const [name, part] of parts ?? []) {
      const known = this.#keys.ruleOf(name, kind);
      if (known.rule.action !== "drop") this.#addOwn({ ...whole, known, part });
    }
    return parts !== undefined;
  }

  /** What has a name of today and an older one has come twice; the one of today counts. */
  #dropAliases(): void {
    const ranks = new Map<string | undefined, number>();
    for (const { known, rank } of [...this.#sharedNow(), ...this.#ownNow()])
      ranks.set(known?.rule.name, Math.min(rank, ranks.get(known?.rule.name) ?? rank));
    const stays = ({ known, rank }: AttributeRange): boolean => ranks.get(known?.rule.name) === rank;
    this.#shared = this.#sharedNow().filter(stays);
    this.#sharedCount = this.#shared.length;
    this.#own = this.#ownNow().filter(stays);
    this.#ownCount = this.#own.length;
  }

  #bytesOfSet(body: Buffer, kind: number, sampled: boolean): string {
    const scratch = this.#scratch;
    let at = this.#scopeEnd;
    scratch[at++] = kind | (sampled ? 0x80 : 0);
    for (let i = 0; i < this.#sharedCount; ) {
      const { from } = this.#shared[i] as AttributeRange;
      let { to } = this.#shared[i++] as AttributeRange;
      // Neighbours are copied at once, with the tags and lengths between them.
      for (
        let next = this.#shared[i];
        i < this.#sharedCount && next && next.from - to <= 3;
        next = this.#shared[i]
      ) {
        to = next.to;
        i++;
      }
      at += body.copy(scratch, at, from, to);
    }
    return scratch.toString("latin1", 0, at);
  }

  #makeSet(body: Buffer, kind: number, sampled: boolean): KnownSet {
    // Entries, not assignments: a sender may call an attribute __proto__.
    const shared = Array.from(
      this.#sharedNow(),
      (range) => [range.known?.rule.name ?? "", this.#valueOf(body, range)] as const,
    );
    const values: Record<string, AttributeValue> = {
      ...scopeAttributes(this.#scope, this.#rules),
      ...Object.fromEntries(shared),
    };
    // A sidecar's spans are always a sample, and say so by who reports them.
    if (sampled && !(meshAttributes.reporter in values)) values[meshAttributes.sampled] = true;
    const entry =
      Object.keys(values).length === 0 ? undefined : this.#dictionary.attributeSet(jsonText(values));
    return { entry, values, peer: peerOf(kind, values), service: istioServiceOf(values) };
  }

  #writeOwn(writer: SpanBlockWriter, cursor: WireCursor): void {
    if (this.#ownCount === 0) {
      writer.null();
      return;
    }
    const { redacts } = this.#rules;
    writer.beginJson();
    for (let i = 0; i < this.#ownCount; i++) {
      const range = this.#own[i] as AttributeRange;
      const { rule, member } = range.known as KeyRule;
      writer.jsonMember(i === 0, member);
      const isAsItCame =
        rule.isPlain && range.part === undefined && (!redacts || isScalar(cursor.body, range.valueFrom));
      if (isAsItCame) writeValue(writer, cursor, range.valueFrom, range.valueTo);
      else writer.jsonText(jsonText(this.#valueOf(cursor.body, range)));
    }
    writer.jsonText("}");
    writer.endJson();
  }

  #ownValues(body: Buffer): Record<string, AttributeValue> {
    const describing = this.#ownNow().filter(({ known }) => known?.describes);
    return Object.fromEntries(
      describing.map((range) => [range.known?.rule.name, this.#valueOf(body, range)]),
    );
  }

  #valueOf(body: Buffer, { known, part, valueFrom, valueTo }: AttributeRange): AttributeValue {
    return this.#rules.apply((known as KeyRule).rule, part ?? readValue(body, valueFrom, valueTo));
  }
}

/** OpenTelemetry's sampling threshold in the tracestate (`ot=th:…`); zero means that nothing was left out. */
const threshold = /(?:^|[,;])\s*ot=(?:[^,]*;)?th:(?!0+(?:[;,]|$))[0-9a-f]+/;

function saysSampled(body: Buffer, { traceStateFrom, traceStateTo }: SpanFields): boolean {
  return (
    traceStateTo > traceStateFrom && threshold.test(body.toString("latin1", traceStateFrom, traceStateTo))
  );
}
