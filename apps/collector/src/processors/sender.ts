import type { ServiceIdentity } from "@weir/store";
import type { Attributes, AttributeValue, Resource } from "@weir/telemetry/otlp";
import type { AttributeRules } from "./attribute-rules/attribute-rules.ts";
import { redactAttributes } from "./attribute-rules/normalise-attributes.ts";

/** Who sent a resource's telemetry. */
export interface Sender {
  readonly service: ServiceIdentity;
  readonly resource: Attributes;
}

/** Names are dictionary keys; longer ones are cut, for an index entry of Postgres has a bound. */
const longestName = 255;

/** What an SDK writes that was not told a name, followed by `:` and the executable's (semantic conventions: service.name). */
const unknownService = "unknown_service";

/**
 * Attributes that say which service it is, the first that does: what its owner called it, then what it runs as, from
 * the ancestor down to the container (OpenTelemetry: specify resource attributes using Kubernetes annotations). A
 * pod's name is left out: each of them would be a service.
 */
const names: readonly (readonly [attribute: string, of?: (name: string) => string])[] = [
  ["service.name", (name) => (isUnknown(name) ? "" : name)],
  ["k8s.pod.label.app.kubernetes.io/instance"],
  ["k8s.pod.label.app.kubernetes.io/name"],
  ["k8s.deployment.name"],
  ["k8s.replicaset.name", withoutHash],
  ["k8s.statefulset.name"],
  ["k8s.daemonset.name"],
  ["k8s.cronjob.name"],
  ["k8s.job.name"],
  ["k8s.container.name"],
  ["faas.name"],
  ["aws.ecs.task.family"],
  ["container.name"],
];

const namespaces = ["service.namespace", "k8s.namespace.name"];

const versions = [
  "service.version",
  "k8s.pod.label.app.kubernetes.io/version",
  "faas.version",
  "container.image.tags",
  "container.image.tag",
];

/** OpenTelemetry's resource as a service at a version; what the resource says is kept beside it as it came. */
export function senderOf(resource: Resource | undefined): Sender {
  const attributes = resource?.attributes ?? {};
  return {
    service: {
      namespace: firstOf(namespaces, attributes),
      name: serviceNameOf(attributes),
      version: firstOf(versions, attributes),
    },
    resource: attributes,
  };
}

/** What Istio's sidecars write into every span about the workload they stand beside (Istio: telemetry, custom tags). */
export const istioAttributes = {
  service: "istio.canonical_service",
  namespace: "istio.namespace",
  version: "istio.canonical_revision",
} as const;

/**
 * The service that a span of an Istio sidecar is of; undefined for all others. The resource of such a span names the
 * service and its namespace in one word, or the sidecar.
 */
export function istioServiceOf(attributes: Attributes): ServiceIdentity | undefined {
  const name = nameOf(attributes[istioAttributes.service]);
  if (name === "" || name === "unknown") return undefined;
  return {
    namespace: nameOf(attributes[istioAttributes.namespace]),
    name,
    version: nameOf(attributes[istioAttributes.version]),
  };
}

/** A value as the text of a name; empty when it is missing or has no plain text. */
export function nameOf(value: AttributeValue | undefined): string {
  if (typeof value === "string") return cutName(value);
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}

/** A copy: what V8 slices off a text keeps all of that text alive, and names are remembered. */
export function cutName(text: string): string {
  return text.length <= longestName ? text : Buffer.from(text.slice(0, longestName)).toString();
}

function serviceNameOf(attributes: Attributes): string {
  for (const [attribute, of] of names) {
    const name = nameOf(attributes[attribute]).trim();
    const found = of ? of(name) : name;
    if (found !== "") return found;
  }
  return unknownService;
}

/** Of a list (image tags) the first item counts. */
function firstOf(list: readonly string[], attributes: Attributes): string {
  for (const attribute of list) {
    const value = attributes[attribute];
    const name = nameOf(Array.isArray(value) ? value[0] : value);
    if (name !== "") return name;
  }
  return "";
}

function isUnknown(name: string): boolean {
  return name === unknownService || name.startsWith(`${unknownService}:`);
}

/** A replica set is named after its deployment and a hash of the pod's template. */
function withoutHash(name: string): string {
  return name.replace(/-[a-z0-9]{5,10}$/, "");
}

/** A sender whose resource is stored without what is to be hidden. */
export function redactedSender({ service, resource }: Sender, rules: AttributeRules): Sender {
  return { service, resource: redactAttributes(resource, rules) };
}
