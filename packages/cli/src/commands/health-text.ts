import { z } from "zod";
import type { CommandOutput, Tone } from "./command-output.ts";
import { shareText } from "./quantity-text.ts";

/** How a service or an edge does, as `/api/v1` tells it. */
export const Health = z.object({
  state: z.string(),
  reasons: z.array(z.object({ outcome: z.string(), share: z.number() })),
});

/** What policies do to its requests. */
export const Marks = z.array(
  z.object({ kind: z.string(), acts: z.boolean(), requests: z.number().nullable() }),
);

const tones: Readonly<Record<string, Tone>> = { ok: "good", degraded: "poor", failing: "bad" };

const endings: Readonly<Record<string, string>> = {
  ...{ errors: "failed", grpcErrors: "gRPC errors", clientErrors: "4xx" },
};

/** `failing: 12% failed, 30% 4xx`; the word says what the colour does. */
export function healthText(
  { state, reasons }: z.infer<typeof Health>,
  paint: Required<CommandOutput>["paint"],
): string {
  const word = state.replace("-", " ");
  const why = reasons.map(({ outcome, share }) => `${shareText(share)} ${endings[outcome] ?? outcome}`);
  return paint(tones[state] ?? "faint", [word, ...(why.length > 0 ? [why.join(", ")] : [])].join(": "));
}

/** `fault 12, limit 40 (observed)`; a dash for none. */
export function marksText(marks: z.infer<typeof Marks>): string {
  const words = marks.map(({ kind, acts, requests }) =>
    [kind, ...(requests === null ? [] : [`${requests}`]), ...(acts ? [] : ["(observed)"])].join(" "),
  );
  return words.join(", ") || "-";
}
