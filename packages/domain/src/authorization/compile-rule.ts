import { all, compileHeader, type Matcher } from "../match/compile-match.ts";
import type { RequestReader } from "../match/request-reader.ts";
import type { RuleKeys } from "../match/rule-index.ts";
import type {
  AuthorizationAction,
  AuthorizationOperation,
  AuthorizationRule,
  AuthorizationSource,
} from "./authorization-spec.ts";
import { cidrHolds, parseCidr } from "./cidr.ts";
import { compilePattern, type TextTest } from "./text-pattern.ts";

/** What a rule needs to know of its policy. */
export interface RuleSetting {
  /** Of the policy: a service without `namespace/` is one of it. */
  readonly namespace: string;
  readonly action: AuthorizationAction;
  readonly reader: RequestReader;
}

/** A rule as one function: any of `from` and any of `to`; absent asks for nothing. */
export function compileAuthorizationRule({ from, to }: AuthorizationRule, setting: RuleSetting): Matcher {
  const conditions: Matcher[] = [];
  if (from) conditions.push(any(from.map((source) => compileSource(source, setting))));
  if (to) conditions.push(any(to.map((operation) => compileOperation(operation, setting))));
  return all(conditions);
}

/** What a rule certainly asks for, so that it can be looked up; what is written with `*` cannot. */
export function keysOfRule({ from, to }: AuthorizationRule, namespace: string): RuleKeys {
  const paths = to && exactValues(to.map((operation) => operation.paths));
  const services = from && exactValues(from.map((source) => source.services));
  const sources = services?.map((service) => (service.includes("/") ? service : `${namespace}/${service}`));
  const methods = to && exactValues(to.map((operation) => operation.methods));
  return { paths, sources, methods };
}

function exactValues(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const values: string[] = [];
  for (const list of lists) {
    if (list === undefined || list.some((value) => value.includes("*"))) return undefined;
    values.push(...list);
  }
  return values;
}

function compileSource(source: AuthorizationSource, { namespace, reader }: RuleSetting): Matcher {
  const conditions: Matcher[] = [];
  if (source.services) conditions.push(any(source.services.map((text) => compileService(text, namespace))));
  if (source.namespaces) {
    const test = anyPattern(source.namespaces);
    conditions.push((request) => test(request.source.namespace));
  }
  if (source.ips) {
    const blocks = source.ips.flatMap((text) => parseCidr(text) ?? []);
    conditions.push((request) => {
      const ip = reader.ip(request);
      return ip !== undefined && blocks.some((block) => cidrHolds(block, ip));
    });
  }
  return all(conditions);
}

/**
 * `name` and its wildcards are services of the policy's own namespace, `namespace/name` of that one, and `*` alone
 * is whoever has an identity at all. A caller without a sidecar has none.
 */
function compileService(text: string, namespace: string): Matcher {
  if (text === "*") return ({ source }) => source.namespace !== "";
  const test = compilePattern(text);
  if (text.includes("/"))
    return ({ source }) => source.namespace !== "" && test(`${source.namespace}/${source.service}`);
  return ({ source }) => source.namespace === namespace && test(source.service);
}

/**
 * Attributes of HTTP are unknown on a connection that carries none: there they keep an `allow` from matching, and
 * are left out of a `deny`, so that doubt always refuses (Istio: authorization on TCP).
 */
function compileOperation(operation: AuthorizationOperation, { action, reader }: RuleSetting): Matcher {
  const http: Matcher[] = [];
  const { methods, paths, hosts, ports, headers } = operation;
  if (methods) http.push((request) => methods.includes(request.method));
  if (paths) {
    const test = anyPattern(paths);
    http.push((request) => test(reader.normalPath(request)));
  }
  if (hosts) {
    const test = anyPattern(hosts.map((host) => host.toLowerCase()));
    http.push((request) => test(request.host));
  }
  if (headers) http.push(...headers.map(compileHeader));
  const conditions: Matcher[] = [];
  if (ports) conditions.push((request) => ports.includes(request.port));
  if (http.length > 0) {
    const holds = all(http);
    conditions.push((request) => (request.method === "" ? action === "deny" : holds(request)));
  }
  return all(conditions);
}

function any(matchers: readonly Matcher[]): Matcher {
  const [first] = matchers;
  if (first !== undefined && matchers.length === 1) return first;
  return (request) => matchers.some((matcher) => matcher(request));
}

function anyPattern(texts: readonly string[]): TextTest {
  const tests = texts.map(compilePattern);
  return (value) => tests.some((test) => test(value));
}
