import type { Matcher } from "./compile-match.ts";
import type { RequestFacts } from "./request-facts.ts";

/** What a rule certainly asks for; a request without any of one list's values cannot meet it. */
export interface RuleKeys {
  readonly paths?: readonly string[] | undefined;
  /** Without its trailing slash; the root is the empty text. */
  readonly prefix?: string | undefined;
  /** `namespace/service`. */
  readonly sources?: readonly string[] | undefined;
  readonly headers?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly methods?: readonly string[] | undefined;
}

export interface IndexedRule {
  readonly keys: RuleKeys;
  readonly matches: Matcher;
}

/** The value that rules are told apart by at one place of the index. */
type Kind = "paths" | "prefix" | "sources" | "headers" | "methods";
const kinds: readonly Kind[] = ["paths", "prefix", "sources", "headers", "methods"];

/** So few rules are tried one after the other faster than they are looked up. */
const listLength = 8;

/**
 * Rules in their order, arranged so that only those are tried that a request can meet: what it finds is what
 * trying all of them in order finds, at a cost that does not grow with rules about other requests.
 */
export class RuleIndex<Rule extends IndexedRule> {
  readonly #rules: readonly Rule[];
  readonly #root: Node;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    const orders = rules.map((_, order) => order);
    this.#root = buildNode(rules, orders, kinds);
  }

  get size(): number {
    return this.#rules.length;
  }

  /** The order of the first rule that matches, below `before`; `before` when there is none. */
  first(request: RequestFacts, path = request.path, before = this.#rules.length): number {
    return this.#root.first(request, path, before);
  }

  at(order: number): Rule | undefined {
    return this.#rules[order];
  }

  /** The orders of all rules below `before` that match, ascending, each once. */
  all(request: RequestFacts, path = request.path, before = this.#rules.length): readonly number[] {
    const found: number[] = [];
    this.#root.all(request, path, before, found);
    if (found.length < 2) return found;
    return [...new Set(found)].sort((a, b) => a - b);
  }
}

interface Node {
  first(request: RequestFacts, path: string, before: number): number;
  all(request: RequestFacts, path: string, before: number, found: number[]): void;
}

function buildNode(rules: readonly IndexedRule[], orders: readonly number[], left: readonly Kind[]): Node {
  if (orders.length <= listLength) return new ListNode(rules, orders);
  const kind = left.find((candidate) => orders.some((order) => hasKey(rules[order]!, candidate)));
  if (kind === undefined) return new ListNode(rules, orders);
  const others = left.slice(left.indexOf(kind) + 1);
  const keyed = orders.filter((order) => hasKey(rules[order]!, kind));
  const rest = orders.filter((order) => !hasKey(rules[order]!, kind));
  const restNode = buildNode(rules, rest, others);
  const build = (of: readonly number[]) => buildNode(rules, of, others);
  switch (kind) {
    case "prefix":
      return new PrefixNode(
        group(keyed, (order) => [rules[order]!.keys.prefix!], build),
        restNode,
      );
    case "headers":
      return new HeaderNode(headerTables(rules, keyed, build), restNode);
    default:
      return new KeyNode(
        keyOf[kind],
        group(keyed, (order) => rules[order]!.keys[kind]!, build),
        restNode,
      );
  }
}

function hasKey({ keys }: IndexedRule, kind: Kind): boolean {
  const key = keys[kind];
  return key !== undefined && (typeof key === "string" || key.length > 0);
}

function group(
  orders: readonly number[],
  keysOf: (order: number) => readonly string[],
  build: (orders: readonly number[]) => Node,
): ReadonlyMap<string, Node> {
  const lists = new Map<string, number[]>();
  for (const order of orders)
    for (const key of new Set(keysOf(order))) {
      const list = lists.get(key);
      if (list) list.push(order);
      else lists.set(key, [order]);
    }
  return new Map([...lists].map(([key, list]) => [key, build(list)]));
}

type KeyReader = (request: RequestFacts, path: string) => string;

const keyOf: Record<"paths" | "sources" | "methods", KeyReader> = {
  paths: (_request, path) => path,
  sources: ({ source }) => `${source.namespace}/${source.service}`,
  methods: ({ method }) => method,
};

class ListNode implements Node {
  readonly #orders: readonly number[];
  readonly #matchers: readonly Matcher[];

  constructor(rules: readonly IndexedRule[], orders: readonly number[]) {
    this.#orders = orders;
    this.#matchers = orders.map((order) => rules[order]!.matches);
  }

  first(request: RequestFacts, _path: string, before: number): number {
    const orders = this.#orders;
    for (let i = 0; i < orders.length; i++) {
      const order = orders[i]!;
      if (order >= before) break;
      if (this.#matchers[i]!(request)) return order;
    }
    return before;
  }

  all(request: RequestFacts, _path: string, before: number, found: number[]): void {
    const orders = this.#orders;
    for (let i = 0; i < orders.length && orders[i]! < before; i++)
      if (this.#matchers[i]!(request)) found.push(orders[i]!);
  }
}

/** Rules told apart by one value that every request has. */
class KeyNode implements Node {
  readonly #keyOf: KeyReader;
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #rest: Node;

  constructor(keyOf: KeyReader, nodes: ReadonlyMap<string, Node>, rest: Node) {
    this.#keyOf = keyOf;
    this.#nodes = nodes;
    this.#rest = rest;
  }

  first(request: RequestFacts, path: string, before: number): number {
    const node = this.#nodes.get(this.#keyOf(request, path));
    const found = node ? node.first(request, path, before) : before;
    return this.#rest.first(request, path, found);
  }

  all(request: RequestFacts, path: string, before: number, found: number[]): void {
    this.#nodes.get(this.#keyOf(request, path))?.all(request, path, before, found);
    this.#rest.all(request, path, before, found);
  }
}

/** Looks up every beginning of the path that ends at a segment, no deeper than the deepest prefix there is. */
class PrefixNode implements Node {
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #longest: number;
  readonly #rest: Node;

  constructor(nodes: ReadonlyMap<string, Node>, rest: Node) {
    this.#nodes = nodes;
    this.#longest = Math.max(...[...nodes.keys()].map((prefix) => prefix.length));
    this.#rest = rest;
  }

  first(request: RequestFacts, path: string, before: number): number {
    let found = before;
    for (let end = segmentEnd(path, -1); end >= 0; end = this.#next(path, end)) {
      const node = this.#nodes.get(path.slice(0, end));
      if (node) found = node.first(request, path, found);
    }
    return this.#rest.first(request, path, found);
  }

  all(request: RequestFacts, path: string, before: number, found: number[]): void {
    for (let end = segmentEnd(path, -1); end >= 0; end = this.#next(path, end))
      this.#nodes.get(path.slice(0, end))?.all(request, path, before, found);
    this.#rest.all(request, path, before, found);
  }

  #next(path: string, end: number): number {
    const next = end === path.length ? -1 : segmentEnd(path, end);
    return next > this.#longest ? -1 : next;
  }
}

/** Where the next segment after `end` ends; -1 for what is no path. */
function segmentEnd(path: string, end: number): number {
  if (end < 0) return path.startsWith("/") ? 0 : -1;
  const slash = path.indexOf("/", end + 1);
  return slash < 0 ? path.length : slash;
}

interface HeaderTable {
  readonly name: string;
  readonly nodes: ReadonlyMap<string, Node>;
}

/** A rule with several exact headers stands under the one that most rules ask for. */
function headerTables(
  rules: readonly IndexedRule[],
  orders: readonly number[],
  build: (orders: readonly number[]) => Node,
): readonly HeaderTable[] {
  const tables: HeaderTable[] = [];
  let left = [...orders];
  while (left.length > 0) {
    const uses = new Map<string, number>();
    for (const order of left)
      for (const { name } of rules[order]!.keys.headers!) uses.set(name, (uses.get(name) ?? 0) + 1);
    const [name] = [...uses].reduce((most, next) => (next[1] > most[1] ? next : most));
    const valueIn = (order: number) =>
      rules[order]!.keys.headers!.find((header) => header.name === name)?.value;
    const mine = left.filter((order) => valueIn(order) !== undefined);
    tables.push({ name, nodes: group(mine, (order) => [valueIn(order)!], build) });
    left = left.filter((order) => valueIn(order) === undefined);
  }
  return tables;
}

class HeaderNode implements Node {
  readonly #tables: readonly HeaderTable[];
  readonly #rest: Node;

  constructor(tables: readonly HeaderTable[], rest: Node) {
    this.#tables = tables;
    this.#rest = rest;
  }

  first(request: RequestFacts, path: string, before: number): number {
    let found = before;
    for (const { name, nodes } of this.#tables) {
      const value = request.header(name);
      const node = value === undefined ? undefined : nodes.get(value);
      if (node) found = node.first(request, path, found);
    }
    return this.#rest.first(request, path, found);
  }

  all(request: RequestFacts, path: string, before: number, found: number[]): void {
    for (const { name, nodes } of this.#tables) {
      const value = request.header(name);
      if (value !== undefined) nodes.get(value)?.all(request, path, before, found);
    }
    this.#rest.all(request, path, before, found);
  }
}
