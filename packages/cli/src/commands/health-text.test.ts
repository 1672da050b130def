import { expect, test } from "vitest";
import { healthText, marksText } from "./health-text.ts";

const tagged = (tone: string, text: string) => `<${tone}>${text}`;
const reason = (outcome: string, share: number) => ({ outcome, share });

test.each`
  state         | reasons                                                 | text
  ${"no-data"}  | ${[]}                                                   | ${"<faint>no data"}
  ${"ok"}       | ${[]}                                                   | ${"<good>ok"}
  ${"degraded"} | ${[reason("grpcErrors", 0.0123)]}                       | ${"<poor>degraded: 1.23% gRPC errors"}
  ${"failing"}  | ${[reason("errors", 0.5), reason("clientErrors", 0.3)]} | ${"<bad>failing: 50% failed, 30% 4xx"}
  ${"asleep"}   | ${[reason("naps", 1)]}                                  | ${"<faint>asleep: 100% naps"}
`("$text", ({ state, reasons, text }) => {
  expect(healthText({ state, reasons }, tagged)).toBe(text);
});

test.each`
  marks                                                                                          | text
  ${[]}                                                                                          | ${"-"}
  ${[{ kind: "canary", acts: true, requests: null }]}                                            | ${"canary"}
  ${[{ kind: "fault", acts: true, requests: 12 }, { kind: "limit", acts: false, requests: 40 }]} | ${"fault 12, limit 40 (observed)"}
`("$text", ({ marks, text }) => {
  expect(marksText(marks)).toBe(text);
});
