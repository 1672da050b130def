import { createTRPCClient, httpLink } from "@trpc/client";
import { expect, test } from "vitest";
import { plainJson } from "../../../plain-json.ts";
import type { AppRouter } from "../../../server/router.ts";
import { traceAddress } from "./trace-address.ts";

test("what is asked for ahead is what the client asks for", async () => {
  const asked: string[] = [];
  const fetch = async (url: unknown) => {
    asked.push(String(url));
    return Response.json({ result: { data: { found: false } } });
  };
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: "/api/trpc", transformer: plainJson, fetch })],
  });
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  await client.traces.byId.query({ traceId });
  expect(asked).toEqual([traceAddress(traceId)]);
});
