import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { pressedType } from "../pressed-json.ts";
import { isAllowedHost, isSameOrigin } from "./origin.ts";
import { pressOnce } from "./press-once.ts";
import type { Resources } from "./resources.ts";
import { appRouter } from "./router.ts";
import type { SharedAnswer } from "./shared-answers.ts";

type Answering = Omit<Resources, "registry"> & { now(): number };

/**
 * The answer to a request of the console's own pages: questions, changes, and the stream of what changes.
 * @param resources with `now`, what time it is.
 */
export async function answerTrpc(request: Request, resources: Answering): Promise<Response> {
  const { settings, sharedAnswers } = resources;
  if (!isAllowedHost(request.headers.get("host"), settings.allowedHosts))
    return new Response("unknown host name; list it in WEIR_CONSOLE_HOSTS\n", { status: 421 });
  if (request.method !== "GET") return handle(request, resources);
  if (request.headers.get("accept")?.includes("text/event-stream")) return handle(request, resources);
  const answer = await sharedAnswers.get(request.url, () => {
    // Without the asker's signal and wish for a form: others may wait for the same.
    const headers = new Headers(request.headers);
    for (const name of forms) headers.delete(name);
    return read(new Request(request.url, { headers }), resources);
  });
  return send(answer, request.headers.get("accept"));
}

/** By which an answer is asked for bit by bit. */
const forms = ["accept", "trpc-accept"];

async function handle(request: Request, resources: Answering): Promise<Response> {
  const over = new AbortController();
  const signal = AbortSignal.any([request.signal, over.signal]);
  const response = await answerOf(new Request(request, { signal }), resources);
  // What is told bit by bit goes on. Of anything else nothing is under way any more: what would have told so was refused.
  if (!forms.some((name) => /jsonl|event-stream/.test(request.headers.get(name) ?? ""))) over.abort();
  return response;
}

function answerOf(request: Request, resources: Answering): Promise<Response> {
  const sameOrigin = isSameOrigin(request.headers);
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => ({
      ...resources,
      author: resources.settings.author,
      sameOrigin,
    }),
    // Drafts come as bodies. From nobody else's page: what a question costs is nobody else's to spend either.
    allowMethodOverride: sameOrigin,
  });
}

/** Whole, so that all who share it get the same. */
async function read(request: Request, resources: Answering): Promise<SharedAnswer> {
  const response = await handle(request, resources);
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body, gzipped: pressOnce(body) };
}

/** Shorter than this an answer is one packet either way. */
const leastPressed = 1_024;

async function send(answer: SharedAnswer, accept: string | null): Promise<Response> {
  const { status, body } = answer;
  const headers = new Headers(answer.headers);
  if (body.length < leastPressed || !accept?.includes(pressedType))
    return new Response(body, { status, headers });
  headers.set("content-type", pressedType);
  return new Response(await answer.gzipped(), { status, headers });
}
