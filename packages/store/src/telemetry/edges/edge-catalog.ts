import type { ConnectionSecurity } from "@weir/domain";
import type { Sql } from "../../connection/open-sql.ts";
import type { ServiceName } from "../answers.ts";
import { statusClasses } from "../status-classes.ts";
import { chunkOf, evidenceKinds } from "./edge-chunk.ts";
import { getOrAdd } from "./get-or-add.ts";

/** Who calls whom. The same object wherever the same pair is meant, as are the objects of its ends. */
export interface EdgePair {
  /** Its place among all pairs, by their names. */
  readonly rank: number;
  readonly source: ServiceName;
  readonly destination: ServiceName;
}

/** What a pair's requests reached, and how. The same object wherever the same is meant. */
export interface EdgeTarget {
  readonly pair: EdgePair;
  readonly version: string;
  readonly protocol: string;
}

/** A target as one version of the caller reached it. The same object wherever the same is meant. */
export interface EdgeLink extends EdgeTarget {
  readonly sourceVersion: string;
}

export interface EdgeSeries {
  readonly id: number;
  readonly target: EdgeTarget;
  readonly link: EdgeLink;
  readonly sourceVersion: string;
  readonly statusClass: number;
  /** Envoy's response flags as a sidecar told them, such as `UO` or `UF,URX`; empty without, and for spans. */
  readonly flag: string;
  /** Of the connection its requests came by; undefined: not known. */
  readonly security: ConnectionSecurity | undefined;
  /** How often each of its requests was tried again. */
  readonly resends: number;
  /** An answer of class 5, or none (class 0); class 4 is the caller's own fault. */
  readonly failed: boolean;
  /** Whose spans it is drawn from; undefined: it was counted by a sidecar. */
  readonly side: "client" | "server" | undefined;
  /** To a service without spans, as far as the client's tells; taken back when a server's span comes. */
  readonly virtual: boolean;
  /** Drawn from a share of the traces. */
  readonly sampled: boolean;
  /** No client's span tells of the same requests; those of other series between the two are others. */
  readonly alone: boolean;
}

interface SeriesRow {
  readonly id: number;
  readonly reporter: number;
  readonly sourceNamespace: string;
  readonly sourceService: string;
  readonly sourceVersion: string;
  readonly namespace: string;
  readonly service: string;
  readonly version: string;
  readonly protocol: string;
  readonly statusClass: number;
  readonly flag: string;
  readonly security: ConnectionSecurity | "";
  readonly resends: number;
}

interface RankedPair extends EdgePair {
  rank: number;
}

/** The series of edges there are, in memory: they never change, and none goes. Belongs to one database. */
export class EdgeCatalog {
  /** By id: ids are given out one after the other. */
  readonly #series: (EdgeSeries | undefined)[] = [];
  readonly #services = new Map<string, ServiceName>();
  readonly #pairs = new Map<string, RankedPair>();
  readonly #targets = new Map<string, EdgeTarget>();
  readonly #links = new Map<string, EdgeLink>();
  readonly #spanPairs = new Map<EdgePair, number>();
  #readUntil = "0";

  /** Undefined: not known yet, see {@link refresh}. */
  get(id: number): EdgeSeries | undefined {
    return this.#series[id];
  }

  /** All that were ever heard of, by whatever evidence. */
  pairs(): Iterable<EdgePair> {
    return this.#pairs.values();
  }

  /** Pairs that spans ever told about, with the chunk of that evidence. */
  get spanPairs(): ReadonlyMap<EdgePair, number> {
    return this.#spanPairs;
  }

  /** Reads what was added by transactions that had not ended when it was called before. */
  async refresh(sql: Sql): Promise<void> {
    const rows = await sql<(SeriesRow & { readUntil: string })[]>`
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "readUntil", e.id, e.reporter, e.protocol,
        e.status_class AS "statusClass", e.flag, e.security, e.resends, s.namespace AS "sourceNamespace", s.name AS "sourceService",
        s.version AS "sourceVersion", d.namespace, d.name AS service, d.version
      FROM edge_series e
        JOIN telemetry_service s ON s.id = e.source_id JOIN telemetry_service d ON d.id = e.destination_id
      WHERE e.added_by >= ${this.#readUntil}::text::xid8`;
    const known = this.#pairs.size;
    for (const row of rows) {
      while (this.#series.length <= row.id) this.#series.push(undefined);
      this.#series[row.id] ??= this.#toSeries(row);
    }
    if (this.#pairs.size > known) this.#rank();
    this.#readUntil = rows[0]?.readUntil ?? this.#readUntil;
  }

  #rank(): void {
    const inOrder = [...this.#pairs].sort(([a], [b]) => (a < b ? -1 : 1));
    inOrder.forEach(([, pair], rank) => {
      pair.rank = rank;
    });
  }

  #toSeries(row: SeriesRow): EdgeSeries {
    const { id, reporter, sourceVersion, version, protocol, statusClass, resends } = row;
    const source = this.#service(row.sourceNamespace, row.sourceService);
    const destination = this.#service(row.namespace, row.service);
    const key = `${serviceKey(source)}\0${serviceKey(destination)}`;
    const pair = getOrAdd(this.#pairs, key, () => ({ rank: 0, source, destination }));
    const reached = `${key}\0${version}\0${protocol}`;
    const target = getOrAdd(this.#targets, reached, () => ({ pair, version, protocol }));
    const link = getOrAdd(this.#links, `${reached}\0${sourceVersion}`, () => ({ ...target, sourceVersion }));
    const side = sides[reporter];
    if (side) this.#spanPairs.set(pair, chunkOf(evidenceKinds.spans, destination));
    const flags = row.flag.split(",");
    return {
      ...{ id, target, link, sourceVersion, statusClass, side, resends },
      security: row.security || undefined,
      flag: side ? "" : row.flag,
      failed: statusClass === statusClasses.serverError || statusClass === statusClasses.noResponse,
      virtual: side !== undefined && flags.includes("virtual"),
      sampled: side !== undefined && flags.includes("sampled"),
      alone: side === "server" && flags.includes("alone"),
    };
  }

  #service(namespace: string, service: string): ServiceName {
    const name = { namespace, service };
    return getOrAdd(this.#services, serviceKey(name), () => name);
  }
}

/** By `edge_series.reporter`. */
const sides: Readonly<Record<number, "client" | "server">> = { 2: "client", 3: "server" };

/** Tells services apart, whatever characters their names have; Postgres stores none that is zero. */
export function serviceKey({ namespace, service }: ServiceName): string {
  return `${namespace}\0${service}`;
}

/** One for each pool there is, for as long as there is one: what it holds can be read again at any time. */
const catalogs = new WeakMap<Sql, EdgeCatalog>();

export function catalogOf(sql: Sql): EdgeCatalog {
  const known = catalogs.get(sql);
  if (known) return known;
  const catalog = new EdgeCatalog();
  catalogs.set(sql, catalog);
  return catalog;
}
