import { attributeHashes } from "./attribute-hashes.ts";
import { rowLayout, type SpanBlock } from "./span-block.ts";
import { hourOf } from "./trace-rows.ts";

/** Which traces of a batch have which attributes among those that are a span's own, in one hour. */
export interface ValueRow {
  /** Hours since 1970, of the spans' start. */
  readonly hour: number;
  /** Ascending. */
  readonly hashes: Int32Array;
  /** Of each hash the place of its trace in `traces`, from 1. */
  readonly owners: Int32Array;
  /** 16 characters of 8 bits each. */
  readonly traces: readonly string[];
}

/** Places are 2-byte integers, and a row is read as a whole. */
const mostTraces = 30_000;
const mostPairs = 30_000;

/** One row for each hour; more where a batch is very large. */
export function valueRowsOf(blocks: readonly SpanBlock[]): ValueRow[] {
  const gathered = new Map<number, Gathered>();
  const rows: ValueRow[] = [];
  for (const block of blocks)
    for (let i = 0; i < block.length; i++) {
      const attributes = attributesOf(block, i);
      if (!attributes) continue;
      const start = (block.offsets[i] as number) + rowLayout.startNs;
      const hour = hourOf(block.rows.readInt32BE(start), block.rows.readUInt32BE(start + 4));
      let own = gathered.get(hour);
      if (own && (own.traces.size >= mostTraces || own.pairs.length >= mostPairs)) {
        rows.push(rowOf(hour, own));
        own = undefined;
      }
      if (!own) {
        own = { traces: new Map(), pairs: [] };
        gathered.set(hour, own);
      }
      addSpan(own, block.traces[i] as string, block.rows, attributes);
    }
  for (const [hour, own] of gathered) if (own.pairs.length > 0) rows.push(rowOf(hour, own));
  return rows;
}

interface Gathered {
  /** Their places. */
  readonly traces: Map<string, number>;
  /** Hash and place in one number, so that sorting numbers sorts pairs. */
  readonly pairs: number[];
}

const places = 2 ** 15;

function addSpan(
  { traces, pairs }: Gathered,
  trace: string,
  rows: Buffer,
  at: readonly [number, number],
): void {
  attributeHashes(rows, at[0], at[1], (hash) => {
    let place = traces.get(trace);
    if (place === undefined) {
      place = traces.size + 1;
      traces.set(trace, place);
    }
    pairs.push(hash * places + place);
  });
}

function rowOf(hour: number, { traces, pairs }: Gathered): ValueRow {
  const sorted = new Float64Array(pairs).sort();
  const hashes = new Int32Array(sorted.length);
  const owners = new Int32Array(sorted.length);
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const pair = sorted[i] as number;
    if (pair === sorted[i - 1]) continue;
    const hash = Math.floor(pair / places);
    hashes[length] = hash;
    owners[length++] = pair - hash * places;
  }
  return {
    hour,
    hashes: hashes.subarray(0, length),
    owners: owners.subarray(0, length),
    traces: [...traces.keys()],
  };
}

/** Where the JSON text of a span's own attributes stands in the rows; undefined: it has none. */
function attributesOf({ rows, offsets }: SpanBlock, i: number): readonly [number, number] | undefined {
  const parent = (offsets[i] as number) + rowLayout.end;
  const attributes = parent + 4 + Math.max(0, rows.readInt32BE(parent));
  const length = rows.readInt32BE(attributes);
  const json = attributes + 5; // behind the length, and the version that jsonb begins with
  return length > 3 ? [json, json + length - 1] : undefined;
}
