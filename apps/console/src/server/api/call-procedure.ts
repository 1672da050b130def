import { type AnyProcedure, callTRPCProcedure } from "@trpc/server";
import { type Context, router } from "../trpc.ts";

/**
 * Runs one procedure outside the console's own router, with all that goes with one: checked input and output, time and
 * outcome in `/metrics`, a span, mapped errors.
 * @param place what it is called there: a group and a name.
 * @param type a subscription gives what can be iterated.
 * @throws TRPCError
 */
export function callProcedure(
  place: { readonly group: string; readonly name: string },
  procedure: AnyProcedure,
  input: unknown,
  context: Context,
  signal: AbortSignal,
  type: "query" | "subscription" = "query",
): Promise<unknown> {
  return callTRPCProcedure({
    router: router({ [place.group]: router({ [place.name]: procedure }) }),
    path: `${place.group}.${place.name}`,
    getRawInput: async () => input,
    ctx: context,
    type,
    signal,
    batchIndex: 0,
  });
}
