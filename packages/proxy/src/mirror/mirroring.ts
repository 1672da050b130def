import { leastRequest } from "../balance/least-request.ts";
import type { Upstream } from "../balance/upstream.ts";
import type { Exchange } from "../exchange.ts";
import { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { UpstreamAddress } from "../http1/upstream-pool.ts";
import type { ServiceView } from "../mesh/service-view.ts";
import type { WholeBody } from "../stream/buffered-stream.ts";
import type { UpstreamStream, UpstreamStreams } from "../stream/upstream-stream.ts";
import { DiscardedAnswer } from "./discarded-answer.ts";

/** What became of a copy. */
export type MirrorOutcome = "answered" | "failed" | "timeout" | "too-long" | "too-many" | "no-endpoint";

export interface MirroringSettings {
  /** Gives a number in [0, 1). */
  readonly random: () => number;
  /** Told of each copy once it is over. */
  readonly mirrored: (service: ServiceView, version: string, outcome: MirrorOutcome) => void;
}

/** All of a copy but its body. */
export interface RequestCopy {
  readonly service: ServiceView;
  readonly version: string;
  readonly streams: UpstreamStreams<UpstreamAddress>;
  readonly method: string;
  readonly target: string;
  readonly fields: Fields;
  readonly framing: Framing;
}

/** Copies under way at once; a version that is too slow for its copies must not fill the sidecar with them. */
const maxUnderWay = 128;
const answerWithinMs = 15_000;

/** The copies of requests that a sidecar has under way. */
export class Mirroring {
  readonly #settings: MirroringSettings;
  #underWay = 0;

  constructor(settings: MirroringSettings) {
    this.#settings = settings;
  }

  /** A copy of what the upstream gets, but for the host (Envoy: `-shadow`). To be taken below all header edits. */
  copyOf(
    { method, target, fields, caller }: Exchange,
    service: ServiceView,
    version: string,
    streams: UpstreamStreams<UpstreamAddress>,
  ): RequestCopy {
    const copied = new Fields();
    for (const [name, value] of fields) copied.add(name, value);
    copied.set("Host", shadowOf(fields.get("host") ?? ""));
    // Its body is there already.
    copied.remove("expect");
    return { service, version, streams, method, target, fields: copied, framing: caller.framing };
  }

  /** Sends a copy when what is under way now has been done. `body` undefined: it was too long to be kept. */
  send(copy: RequestCopy, body: WholeBody | undefined): void {
    if (body === undefined) this.#over(copy, "too-long");
    else if (this.#underWay >= maxUnderWay) this.#over(copy, "too-many");
    else {
      this.#underWay++;
      setImmediate(() => {
        void this.#deliver(copy, body).then((outcome) => {
          this.#underWay--;
          this.#over(copy, outcome);
        });
      });
    }
  }

  async #deliver(copy: RequestCopy, body: WholeBody): Promise<MirrorOutcome> {
    const targets = copy.service.targetsByVersion.get(copy.version) ?? [];
    const upstream = leastRequest(targets, this.#settings.random)?.upstream;
    if (upstream === undefined) return "no-endpoint";
    upstream.active++;
    try {
      return await exchangeCopy(await streamTo(upstream, copy.streams), copy, body);
    } catch {
      return "failed";
    } finally {
      upstream.active--;
    }
  }

  #over({ service, version }: RequestCopy, outcome: MirrorOutcome): void {
    this.#settings.mirrored(service, version, outcome);
  }
}

async function streamTo(
  upstream: Upstream,
  streams: UpstreamStreams<UpstreamAddress>,
): Promise<UpstreamStream> {
  return streams.take(upstream) ?? (await streams.open(upstream));
}

async function exchangeCopy(
  stream: UpstreamStream,
  { method, target, fields, framing }: RequestCopy,
  { parts, trailers }: WholeBody,
): Promise<MirrorOutcome> {
  const answer = new DiscardedAnswer(stream, answerWithinMs);
  const whole = {
    method,
    target,
    fields,
    framing,
    upgrade: undefined,
    rawRequest: false,
    rawResponse: false,
  };
  stream.send(whole, answer);
  for (const part of parts) stream.body(part);
  stream.requestEnd(trailers);
  return answer.outcome;
}

function shadowOf(host: string): string {
  const colon = host.lastIndexOf(":");
  // An address in brackets cannot have a suffix.
  if (host.startsWith("[") || host === "") return host;
  return colon < 0 ? `${host}-shadow` : `${host.slice(0, colon)}-shadow${host.slice(colon)}`;
}
