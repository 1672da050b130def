import {
  type AttributesEntry,
  BoundedMap,
  bytesToText,
  jsonText,
  type OperationEntry,
  type ServiceEntry,
  type SpanDictionary,
} from "@weir/store";
import { resourceOf } from "@weir/telemetry/otlp/wire";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import { redactAttributes } from "../attribute-rules/normalise-attributes.ts";
import { senderOf } from "../sender.ts";
import { SharedAttributes } from "./shared-attributes.ts";
import { read } from "./wire-cursor.ts";

const mostSenders = 2_000;
/** Bytes. What is longer is read anew each time: caches are bounded by how many they hold, and must not hold anything. */
const [longestResource, longestOperation] = [16_384, 1_000];
const mostOperations = 1_000;

/** Who sends the spans of a resource, with the dictionary entries that their rows name. */
export interface SpanSender {
  readonly service: ServiceEntry;
  readonly resource: AttributesEntry;
  readonly shared: SharedAttributes;
  /** The operation whose name stands in [from, to) of a body. */
  operation(body: Buffer, from: number, to: number): OperationEntry;
}

/** Senders by the bytes of their resource, which a process sends again and again; those that came first are forgotten. */
export class SpanSenders {
  readonly #dictionary: SpanDictionary;
  readonly #rules: AttributeRules;
  readonly #senders = new BoundedMap<SpanSender>(mostSenders);
  readonly #shared = new BoundedMap<SharedAttributes>(mostSenders);

  constructor(dictionary: SpanDictionary, rules: AttributeRules) {
    this.#dictionary = dictionary;
    this.#rules = rules;
  }

  /** The sender whose Resource stands in [from, to) of a body. Throws WireFault. */
  find(body: Buffer, from: number, to: number): SpanSender {
    const key = body.toString("latin1", from, to);
    const known = this.#senders.get(key);
    if (known) return known;
    const resource = read(resourceOf, body.subarray(from, to));
    const service = this.#dictionary.service(senderOf(resource).service);
    const sender: SpanSender = {
      service,
      resource: this.#dictionary.resource(jsonText(redactAttributes(resource.attributes, this.#rules))),
      shared: this.#sharedOf(service.key),
      operation: this.#operationsOf(service),
    };
    if (key.length <= longestResource) this.#senders.set(key, sender);
    return sender;
  }

  /** All processes of a service are looked at together. */
  #sharedOf(service: string): SharedAttributes {
    const known = this.#shared.get(service);
    if (known) return known;
    const shared = new SharedAttributes();
    this.#shared.set(service, shared);
    return shared;
  }

  #operationsOf(service: ServiceEntry): SpanSender["operation"] {
    const byBytes = new BoundedMap<OperationEntry>(mostOperations);
    return (body, from, to) => {
      const key = body.toString("latin1", from, to);
      const known = byBytes.get(key);
      if (known) return known;
      const operation = this.#dictionary.operation(
        service,
        this.#rules.maskText(bytesToText(body, from, to)),
      );
      if (key.length <= longestOperation) byBytes.set(key, operation);
      return operation;
    };
  }
}
