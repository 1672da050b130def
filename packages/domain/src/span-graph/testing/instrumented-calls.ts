import fc from "fast-check";
import type { GraphSpan } from "../graph-span.ts";
import { parseTrace } from "./trace-notation.ts";

/** A call as it happened, and how much of it those who took part have written down. */
interface Call {
  /** Of the calls before this one, which has made it. */
  readonly madeBy: number;
  readonly service: string;
  /** Application and sidecar: none, either or both. */
  readonly clientSpans: number;
  readonly serverSpans: number;
  readonly innerSpans: number;
  /** The server goes by its client's id (Zipkin). */
  readonly shared: boolean;
  readonly sentTwice: boolean;
}

const call: fc.Arbitrary<Call> = fc.record({
  madeBy: fc.nat(),
  service: fc.constantFrom("a", "b", "c", "d", "database"),
  clientSpans: fc.integer({ min: 0, max: 2 }),
  serverSpans: fc.integer({ min: 1, max: 2 }),
  innerSpans: fc.integer({ min: 0, max: 2 }),
  shared: fc.boolean(),
  sentTwice: fc.boolean(),
});

export interface InstrumentedCalls {
  readonly spans: readonly GraphSpan[];
  /** What has happened, in the form of `formatEdge`. */
  readonly edges: readonly string[];
}

/** A tree of calls below one request of a user, and spans of it that a complete instrumentation would leave. */
export const instrumentedCalls: fc.Arbitrary<InstrumentedCalls> = fc
  .array(call, { maxLength: 8 })
  .map((calls) => new Recorder().record(calls));

class Recorder {
  readonly lines: string[] = [];
  readonly edges: string[] = ["user -> a"];
  /** Where spans of the services that have been called hang from. */
  readonly servers = [{ service: "a", id: this.chain("", ["a server"]) }];

  record(calls: readonly Call[]): InstrumentedCalls {
    for (const made of calls) this.recordCall(made);
    return { spans: parseTrace(this.lines.join("\n")), edges: this.edges };
  }

  private recordCall(made: Call): void {
    const caller = this.servers[made.madeBy % this.servers.length]!;
    const before = this.lines.length;
    const inner = Array<string>(made.innerSpans).fill("internal");
    const from = this.chain(caller.id, named(caller.service, inner));
    if (made.service === "database") {
      this.chain(
        from,
        named(
          caller.service,
          ["client database:orders", "client database:orders"].slice(made.clientSpans - 2),
        ),
      );
      this.edges.push(`${caller.service} -> database:orders`);
    } else {
      // Without a client span, a call to itself can't be told from a sidecar and its application.
      const clients = made.service === caller.service ? Math.max(1, made.clientSpans) : made.clientSpans;
      const sent = this.chain(from, named(caller.service, Array<string>(clients).fill("client http:gone")));
      const shared = made.shared && clients > 0;
      const arrived = shared
        ? this.share(sent, from, made.service)
        : this.chain(sent, [
            ...named(caller.service, inner),
            ...named(made.service, inner),
            `${made.service} server`,
          ]);
      const id = this.chain(arrived, named(made.service, Array<string>(made.serverSpans - 1).fill("server")));
      this.edges.push(`${caller.service} -> ${made.service}`);
      this.servers.push({ service: made.service, id });
    }
    if (made.sentTwice) this.lines.push(...this.lines.slice(before));
  }

  /** Spans each of which is the parent of the next; gives the last one's id. */
  private chain(parent: string, spans: readonly string[]): string {
    let id = parent;
    for (const span of spans) {
      const next = String(this.lines.length);
      this.lines.push(`${next}<${id} ${span}`);
      id = next;
    }
    return id;
  }

  private share(id: string, parent: string, service: string): string {
    this.lines.push(`${id}<${parent} ${service} server`);
    return id;
  }
}

function named(service: string, spans: readonly string[]): string[] {
  return spans.map((span) => `${service} ${span}`);
}
