import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SpanDictionary } from "@weir/store";
import type { PartialSuccess } from "@weir/telemetry/otlp";
import { Intake } from "../../../intake.ts";
import { createProcessing, type ProcessedRequest } from "../../../processors/process-request.ts";
import { plainRules } from "../../../processors/testing/process-body.ts";
import { recordsOfBlock } from "../../../processors/testing/records-of-block.ts";
import { Admission } from "../../admission.ts";
import { createZipkinReceiver } from "../zipkin-receiver.ts";

export const receivedMs = 1_700_000_000_000;

/** A receiver on a real port before a real intake that keeps what it is given in memory. */
export async function startZipkin() {
  const kept: ProcessedRequest[] = [];
  const answers: { readonly status: number; readonly partial: PartialSuccess | undefined }[] = [];
  const faults: unknown[] = [];
  const admission = new Admission({ maxBytes: 64 * 1024 * 1024, maxRequests: 10 });
  const hooks = { mayReceive: () => {}, keep: async () => {} };
  const receive = createZipkinReceiver({
    intake: new Intake({
      admission,
      now: () => receivedMs,
      mayReceive: () => hooks.mayReceive(),
      process: createProcessing({ dictionary: new SpanDictionary(), rules: plainRules }),
      keep: async (processed) => {
        await hooks.keep();
        kept.push(processed);
      },
    }),
    now: () => receivedMs,
    onAnswer: (status, partial) => answers.push({ status, partial }),
    onFault: (error) => faults.push(error),
  });
  const server = createServer((request, response) => void receive(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2/spans`;
  return {
    ...{ url, kept, answers, faults, admission, hooks },
    async post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
      const sent = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: Buffer.from(sent),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    /** The spans that were kept. */
    spans: () => kept.flatMap(({ rows }) => recordsOfBlock(rows.spans)),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
