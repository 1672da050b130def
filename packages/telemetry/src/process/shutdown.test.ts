import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { onShutdown, type ShutdownReason, type StoppableProcess } from "./shutdown.ts";

class Target extends EventEmitter implements StoppableProcess {
  readonly #exited = Promise.withResolvers<number>();
  readonly codes: number[] = [];

  exit(code: number): void {
    this.codes.push(code);
    this.#exited.resolve(code);
  }

  get exited(): Promise<number> {
    return this.#exited.promise;
  }
}

test.each<ShutdownReason>(["SIGTERM", "SIGINT", "disconnect"])("%s stops and exits 0", async (reason) => {
  const target = new Target();
  const reasons: string[] = [];
  onShutdown(async (why) => void reasons.push(why), { process: target });
  target.emit(reason);
  expect(await target.exited).toBe(0);
  expect(reasons).toEqual([reason]);
});

test("a stop that fails says so and exits 1", async () => {
  const target = new Target();
  const failures: string[] = [];
  onShutdown(() => Promise.reject(new Error("stuck")), {
    process: target,
    onFailure: (error) => failures.push(error.message),
  });
  target.emit("SIGTERM");
  expect(await target.exited).toBe(1);
  expect(failures).toEqual(["stuck"]);
});

test("a stop that never ends is cut off at the deadline", async () => {
  const target = new Target();
  const failures: string[] = [];
  onShutdown(() => new Promise(() => {}), {
    process: target,
    deadlineMs: 20,
    onFailure: (error) => failures.push(error.message),
  });
  const alive = setInterval(() => {}, 1000);
  target.emit("SIGTERM");
  expect(await target.exited).toBe(1);
  clearInterval(alive);
  expect(failures).toEqual(["did not stop within 0.02 s"]);
});

test("a second signal ends at once; a supervisor that goes meanwhile does not", async () => {
  const target = new Target();
  onShutdown(() => new Promise(() => {}), { process: target });
  target.emit("SIGTERM");
  target.emit("disconnect");
  expect(target.codes).toEqual([]);
  target.emit("SIGINT");
  expect(await target.exited).toBe(1);
});
