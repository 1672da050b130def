import type { lookup } from "node:dns";
import { afterEach, expect, test } from "vitest";
import { startReceiver } from "../testing/start-receiver.ts";
import { exchange, NoAnswer } from "./exchange.ts";
import type { Reach } from "./refused-address.ts";
import { webhookAgent } from "./webhook-agent.ts";

let cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  cleanups = [];
});

/** Names that mean what a test says. */
const naming = (...addresses: string[]) =>
  ((_name: string, _options: unknown, callback: (error: null, found: object[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    )) as unknown as typeof lookup;

function ask(url: string, reach: Reach, resolve?: typeof lookup) {
  const dispatcher = webhookAgent(reach, resolve);
  cleanups.push(() => dispatcher.destroy());
  const { signal } = new AbortController();
  const sent = { method: "POST" as const, headers: {}, body: "{}", timeoutMs: 5_000, now: Date.now };
  return exchange({ ...sent, url, dispatcher, signal });
}

async function receiver() {
  const started = await startReceiver((response) => void response.end("heard"));
  cleanups.push(() => started.stop());
  return started;
}

test("a receiver is reached by its address and by its name, where it may be", async () => {
  const { url, received } = await receiver();
  await ask(url, { loopback: true });
  await ask(url.replace("127.0.0.1", "ops.example"), { loopback: true }, naming("169.254.1.1", "127.0.0.1"));
  expect(received.map(({ headers }) => headers.host?.split(":")[0])).toEqual(["127.0.0.1", "ops.example"]);
});

test.each`
  host                          | resolved                | why
  ${"127.0.0.1"}                | ${undefined}            | ${/own machine/}
  ${"2130706433"}               | ${undefined}            | ${/own machine/}
  ${"[::1]"}                    | ${undefined}            | ${/own machine/}
  ${"[::ffff:7f00:1]"}          | ${undefined}            | ${/own machine/}
  ${"169.254.169.254"}          | ${undefined}            | ${/link-local/}
  ${"metadata.google.internal"} | ${["169.254.169.254"]}  | ${/metadata.google.internal: nothing is sent to 169.254/}
  ${"innocent.example"}         | ${["127.0.0.1", "::1"]} | ${/innocent.example: nothing is sent to 127.0.0.1/}
`("$host is not connected to", async ({ host, resolved, why }) => {
  const { url, received } = await receiver();
  const asked = ask(url.replace("127.0.0.1", host), { loopback: false }, resolved && naming(...resolved));
  await expect(asked).rejects.toBeInstanceOf(NoAnswer);
  await expect(asked).rejects.toThrow(why);
  expect(received).toEqual([]);
});

test("over TLS nothing is connected to either", async () => {
  const asked = ask("https://innocent.example/", { loopback: false }, naming("169.254.169.254"));
  await expect(asked).rejects.toThrow(/link-local/);
});
