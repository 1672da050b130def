import { peerAttributeNames } from "@weir/domain";
import { jsonText } from "@weir/store";
import type { AttributeRule, AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { istioAttributes } from "../sender.ts";

/** A rule with what writing needs of it. */
export interface KeyRule {
  readonly rule: AttributeRule;
  /** The name as JSON, with its colon. */
  readonly member: Buffer;
  /** It says whose the span is, or whom it talks to. */
  readonly describes: boolean;
}

/** One name of attributes, known by its bytes. */
export interface AttributeKey {
  /** Counted from 0; -1 for names beyond those that are remembered. */
  readonly id: number;
  readonly bytes: Buffer;
  /** By span kind, made when first asked for. */
  readonly rules: (KeyRule | undefined)[];
  /** Values of it differ from span to span, as far as its name tells. */
  readonly isOwn: boolean;
}

/** Names of attributes that are worth remembering; senders have some hundreds. */
const mostKeys = 10_000;
/** Longer names are nobody's: they are read each time, and not kept. */
const longestKey = 256;
const slots = 1 << 14;

/** Names whose values are almost never the same twice; of all others it is found out. */
const ownNames =
  /(^|[._])(id|uuid|guid|path|target|query|url|full|uri|statement|text|message|stacktrace|timestamp|duration|elapsed|size|length|port|address|ip|ns|bytes)$/;
/** They end like those above, and yet say the same thing again and again. */
const sharedNames: ReadonlySet<string> = new Set([
  "server.port",
  "server.address",
  "service.instance.id",
  "host.id",
  "cloud.account.id",
]);

const describing: ReadonlySet<string> = new Set([...peerAttributeNames, ...Object.values(istioAttributes)]);

/** Names of attributes, found by their bytes so that a name is read as text once, not with every span. */
export class AttributeKeys {
  readonly #rules: AttributeRules;
  readonly #slots: (AttributeKey[] | undefined)[] = new Array(slots);
  #count = 0;

  constructor(rules: AttributeRules) {
    this.#rules = rules;
  }

  find(body: Buffer, from: number, to: number): AttributeKey {
    let hash = to - from;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (body[i] as number), 0x0100_0193);
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const keys = this.#slots[slot];
    if (keys) for (const key of keys) if (isSame(key.bytes, body, from, to)) return key;
    return this.#add(slot, Buffer.from(body.subarray(from, to)));
  }

  rule(key: AttributeKey, kind: number): KeyRule {
    const known = key.rules[kind];
    if (known) return known;
    const made = this.ruleOf(key.bytes.toString("utf8"), kind);
    key.rules[kind] = made;
    return made;
  }

  /** The same for a name that is no key of the body. */
  ruleOf(name: string, kind: number): KeyRule {
    const rule = this.#rules.ruleOf(name, kind);
    return { rule, member: Buffer.from(`${jsonText(rule.name)}:`), describes: describing.has(rule.name) };
  }

  #add(slot: number, bytes: Buffer): AttributeKey {
    const name = bytes.toString("utf8");
    const remembered = this.#count < mostKeys && bytes.length <= longestKey;
    const key = {
      id: remembered ? this.#count++ : -1,
      bytes,
      rules: [],
      isOwn: !remembered || (ownNames.test(name) && !sharedNames.has(name)),
    };
    if (remembered) {
      const keys = this.#slots[slot];
      if (keys) keys.push(key);
      else this.#slots[slot] = [key];
    }
    return key;
  }
}

function isSame(bytes: Buffer, body: Buffer, from: number, to: number): boolean {
  const length = to - from;
  if (bytes.length !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[i] !== body[from + i]) return false;
  return true;
}
