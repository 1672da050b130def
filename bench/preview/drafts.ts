/** What is replayed: one of each way in which requests are judged. */
export const drafts: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: "authorization: by caller and path",
    text: policy(
      "authorization",
      "action: deny\nrules: [{ from: [{ services: [caller-3] }], to: [{ paths: [/charges/*] }] }]",
    ),
  },
  {
    name: "route: a timeout, each answer by itself",
    text: policy("route", "rules: [{ timeoutMs: 500, retry: { on: [5xx], attempts: 2 } }]"),
  },
  {
    name: "canary: each request drawn by chance",
    text: policy("canary", "backends: [{ version: v1, weight: 90 }, { version: v2, weight: 10 }]"),
  },
  {
    name: "rateLimit: each takes a token, in order",
    text: policy("rateLimit", "maxTokens: 200\ntokensPerFill: 200\nfillIntervalMs: 1000"),
  },
];

function policy(kind: string, spec: string): string {
  return `kind: ${kind}\nname: draft\nnamespace: shop\ntargetRef: payments\n${spec}\n`;
}
