import { expect, test } from "vitest";
import { createInFlight } from "./in-flight.ts";

test("idle waits for what is under way, failed or not, and gives back its result", async () => {
  const inFlight = createInFlight();
  const [a, b] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const results = [inFlight.track(a.promise), inFlight.track(b.promise)];
  let idle = false;
  const waiting = inFlight.idle(10_000).then(() => {
    idle = true;
  });
  a.resolve(1);
  expect(await results[0]).toBe(1);
  expect(idle).toBe(false);
  b.reject(new Error("refused"));
  await expect(results[1]).rejects.toThrow("refused");
  await waiting;
  expect(idle).toBe(true);
});

test("idle does not wait for ever", async () => {
  const inFlight = createInFlight();
  void inFlight.track(new Promise(() => {}));
  await inFlight.idle(5);
});

test("with nothing under way it is idle at once", async () => {
  await createInFlight().idle(60_000);
});
