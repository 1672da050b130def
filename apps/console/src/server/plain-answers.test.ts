import type { inferRouterOutputs } from "@trpc/server";
import { expectTypeOf, test } from "vitest";
import type { AppRouter } from "./router.ts";

/** What of a type JSON has no word for. */
type NotJson<T> = T extends
  | Date
  | bigint
  | symbol
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBufferView
  ? T
  : T extends readonly (infer E)[]
    ? NotJson<E>
    : T extends (...args: never[]) => unknown
      ? never
      : T extends object
        ? { [K in keyof T]-?: NotJson<T[K]> }[keyof T]
        : never;

type Answers = inferRouterOutputs<AppRouter>;

test("every answer is JSON as it stands: no Date, no bigint, no Map", () => {
  expectTypeOf<NotJson<{ at: Date; of: { ns: bigint }[]; name: string }>>().toEqualTypeOf<Date | bigint>();
  expectTypeOf<NotJson<Omit<Answers, "live" | "tap">>>().toEqualTypeOf<never>();
});
