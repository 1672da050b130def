import { BoundedMap } from "../caches.ts";
import { serviceKey } from "../dictionaries.ts";
import { dictionaryText, digestOf } from "../dictionary.ts";
import type { ServiceIdentity } from "../records.ts";
import type { AttributesEntry, OperationEntry, ServiceEntry } from "./dictionary-entry.ts";

/** Longer names are cut: they are texts of a request that somebody took for an operation. */
const longestOperation = 1_000;

/** Characters of attributes from which on only a few are kept, and from which on none: so many are in no body twice. */
const [longText, longestText] = [16_384, 1_048_576];
const mostLongTexts = 32;

export interface SpanDictionaryLimits {
  readonly services: number;
  readonly operations: number;
  readonly resources: number;
  readonly attributeSets: number;
}

const defaultLimits: SpanDictionaryLimits = {
  services: 20_000,
  operations: 50_000,
  resources: 20_000,
  attributeSets: 50_000,
};

/**
 * One object for each service, operation, resource and attribute set that spans name, so that their ids are looked up
 * once, not span by span. Bounded in number and in size: the oldest is forgotten, and made anew when it comes again, as is what is very long.
 */
export class SpanDictionary {
  readonly #services: BoundedMap<ServiceEntry>;
  readonly #operations: BoundedMap<OperationEntry>;
  readonly #resources: BoundedMap<AttributesEntry>;
  readonly #attributeSets: BoundedMap<AttributesEntry>;
  readonly #longResources = new BoundedMap<AttributesEntry>(mostLongTexts);
  readonly #longSets = new BoundedMap<AttributesEntry>(mostLongTexts);

  constructor(limits: SpanDictionaryLimits = defaultLimits) {
    this.#services = new BoundedMap(limits.services);
    this.#operations = new BoundedMap(limits.operations);
    this.#resources = new BoundedMap(limits.resources);
    this.#attributeSets = new BoundedMap(limits.attributeSets);
  }

  service(identity: ServiceIdentity): ServiceEntry {
    const key = serviceKey(identity);
    const known = this.#services.get(key);
    if (known) return known;
    const nameKey = key.slice(0, key.lastIndexOf("\0"));
    const entry: ServiceEntry = { ...unresolved, identity, key, nameKey };
    this.#services.set(key, entry);
    return entry;
  }

  operation(service: ServiceEntry, name: string): OperationEntry {
    const key = `${service.key}\0${name.length > longestOperation ? digestOf(name) : name}`;
    const known = this.#operations.get(key);
    if (known) return known;
    const kept = cutText(name);
    const entry: OperationEntry = { ...unresolved, service, name: kept, digest: digestOf(kept) };
    this.#operations.set(key, entry);
    return entry;
  }

  /** `text`: the attributes as JSON. */
  resource(text: string): AttributesEntry {
    return attributesIn(text.length > longText ? this.#longResources : this.#resources, text);
  }

  attributeSet(text: string): AttributesEntry {
    return attributesIn(text.length > longText ? this.#longSets : this.#attributeSets, text);
  }
}

/** A copy: what V8 slices off a text keeps all of that text alive, and entries are remembered. */
function cutText(name: string): string {
  const kept = dictionaryText(name, longestOperation);
  return name.length <= longestOperation ? kept : Buffer.from(kept).toString();
}

const unresolved = { owner: undefined, id: 0, lastHour: 0 };

function attributesIn(known: BoundedMap<AttributesEntry>, text: string): AttributesEntry {
  const digest = digestOf(text);
  const found = known.get(digest);
  if (found) return found;
  const entry: AttributesEntry = { ...unresolved, text, digest };
  if (text.length <= longestText) known.set(digest, entry);
  return entry;
}
