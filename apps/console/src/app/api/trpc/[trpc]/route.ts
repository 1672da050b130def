import { answerTrpc } from "../../../../server/answer-trpc.ts";
import { resources } from "../../../../server/resources.ts";

export const dynamic = "force-dynamic";

function handle(request: Request): Promise<Response> {
  return answerTrpc(request, { ...resources(), now: Date.now });
}

export { handle as GET, handle as POST };
