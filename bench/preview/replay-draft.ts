interface Told {
  readonly kind: "so-far" | "preview";
  readonly requests: number;
  readonly coveredToMs: number;
  readonly window: { readonly fromMs: number; readonly toMs: number };
}

export interface Replayed {
  readonly requests: number;
  /** Until the last of the answer. */
  readonly ms: number;
  /** Until something was told for the first time. */
  readonly firstMs: number;
  /** Of the window, 0 to 1. */
  readonly covered: number;
}

/** Asks a console for a preview, as its page does, and reads the answer to its end. */
export async function replayDraft(port: number, text: string): Promise<Replayed> {
  const startedAt = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/preview?from=1h`, {
    method: "POST",
    body: text,
  });
  if (!response.ok) throw new Error(await response.text());
  const decoder = new TextDecoder();
  let body = "";
  let firstMs = 0;
  const chunks: AsyncIterable<Uint8Array> | Iterable<never> = response.body ?? [];
  for await (const bytes of chunks) {
    firstMs ||= performance.now() - startedAt;
    body += decoder.decode(bytes, { stream: true });
  }
  const last = JSON.parse(body.trimEnd().split("\n").at(-1) ?? "") as Told;
  const { fromMs, toMs } = last.window;
  const covered = (last.coveredToMs - fromMs) / (toMs - fromMs);
  return { requests: last.requests, ms: performance.now() - startedAt, firstMs, covered };
}
