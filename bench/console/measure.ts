import { Agent, request } from "undici";
import { quantile } from "../shared/quantile.ts";
import { asPages, procedureUrl } from "./procedure-url.ts";
import type { Procedure } from "./procedures.ts";

export interface Timed {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly bytes: number;
}

/** First asked, a question brings its tables into memory and its code into being. */
const runsBefore = 3;

/** Calls a procedure `runs` times, one after the other, over HTTP. Throws for an answer that is none. */
export async function measure(port: number, procedure: Procedure, runs: number): Promise<Timed> {
  const agent = new Agent({ connections: 1 });
  const ms: number[] = [];
  let bytes = 0;
  for (let run = -runsBefore; run < runs; run++) {
    const input = procedure.input(run + runsBefore);
    const url = procedureUrl(port, procedure.path, input, `${process.hrtime.bigint()}`);
    const startedAt = performance.now();
    const answer = await request(url, { dispatcher: agent, headers: asPages });
    const body = await answer.body.arrayBuffer();
    if (answer.statusCode !== 200) throw new Error(`${procedure.name}: answered with ${answer.statusCode}`);
    if (run < 0) continue;
    ms.push(performance.now() - startedAt);
    bytes += body.byteLength;
  }
  await agent.close();
  return { p50Ms: quantile(ms, 0.5), p95Ms: quantile(ms, 0.95), bytes: bytes / runs };
}
