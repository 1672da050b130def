import { parseArgs } from "node:util";
import { listed, readOptionsOrExit, wholeNumber } from "../shared/read-options.ts";

export interface Options {
  readonly phases: ReadonlySet<string>;
  /** Requests in flight when as many are sent as are taken. */
  readonly connections: number;
  /** The saturated phase takes turns of so long with the bare COPY until it has ingested so many spans. */
  readonly spans: number;
  readonly turnSeconds: number;
  /** The steady phase. */
  readonly rate: number;
  readonly seconds: number;
  readonly metricsSeconds: number;
  readonly peerSeconds: number;
  /** Programs of peers: names on PATH, or paths. */
  readonly otelcol: string;
  readonly jaeger: string;
}

const allPhases = ["saturated", "steady", "metrics", "peers"];

const usage = `What telemetry costs from the socket to committed rows, beside a bare COPY of the same rows and other receivers.

npm run bench -- ingest [--phase PHASES] [--spans N] [--rate N] [--seconds N] [--connections N]
                        [--otelcol PATH] [--jaeger PATH] [--quick]

  --phase PHASES    of ${allPhases.join(", ")}, separated by commas
  --spans N         saturated: until so many are in, in turns of a minute with the bare COPY (10,000,000)
  --rate N          steady: spans a second (25,000)
  --seconds N       steady: for so long (300)
  --connections N   saturated: requests of some 450 spans in flight (48)
  --otelcol PATH    an OpenTelemetry Collector with the otlp receiver and the nop and file exporters (otelcol)
  --jaeger PATH     Jaeger 2 (jaeger)
  --quick           twenty seconds of each phase, fewer of peers

Takes some twenty minutes and 6 GB of the disc that holds the temporary directory. A peer that is not installed is left out.`;

/** See {@link readOptionsOrExit}. */
export function readIngestOptions(args: readonly string[]): Options {
  return readOptionsOrExit("ingest", usage, () => read(args));
}

/** Undefined when help was asked for. */
function read(args: readonly string[]): Options | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const { quick } = values;
  const number = (name: "spans" | "rate" | "seconds" | "connections", otherwise: number, least = 1) =>
    values[name] === undefined ? otherwise : wholeNumber(`--${name}`, values[name], least);
  return {
    phases: values.phase === undefined ? new Set(allPhases) : listed("phase", values.phase, allPhases),
    connections: number("connections", 48),
    spans: number("spans", quick ? 1 : 10_000_000),
    turnSeconds: quick ? 20 : 60,
    rate: number("rate", 25_000),
    seconds: number("seconds", quick ? 20 : 300, 5),
    metricsSeconds: quick ? 10 : 30,
    peerSeconds: quick ? 10 : 30,
    otelcol: values.otelcol,
    jaeger: values.jaeger,
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      phase: { type: "string" },
      spans: { type: "string" },
      rate: { type: "string" },
      seconds: { type: "string" },
      connections: { type: "string" },
      otelcol: { type: "string", default: "otelcol" },
      jaeger: { type: "string", default: "jaeger" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}
