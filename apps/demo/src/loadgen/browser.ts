import { Agent, request as httpRequest } from "node:http";

export type Reply = { status: number; text: string; cookie: string | undefined };

/** One shopper's browser: sends a request straight to the shop and remembers the session cookie. Retries nothing. */
export type Browser = (method: string, path: string, body?: unknown) => Promise<Reply>;

const timeoutMs = 15_000;

/** An agent of its own, so that the load never goes through a proxy: shoppers come from outside. */
export const createShoppersAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 256 });

export function openBrowser(agent: Agent, target: URL, headers: Record<string, string>): Browser {
  let cookie: string | undefined;
  return async (method, path, body) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const reply = await send(agent, new URL(path, target), method, payload, {
      accept: "application/json",
      ...headers,
      ...(cookie !== undefined && { cookie }),
    });
    cookie = reply.cookie ?? cookie;
    return reply;
  };
}

function send(
  agent: Agent,
  url: URL,
  method: string,
  payload: string | undefined,
  headers: Record<string, string>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const entity =
      payload === undefined
        ? {}
        : { "content-type": "application/json", "content-length": String(Buffer.byteLength(payload)) };
    const signal = AbortSignal.timeout(timeoutMs);
    const request = httpRequest(url, { agent, method, signal, headers: { ...headers, ...entity } });
    request.on("error", reject);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        const cookie = response.headers["set-cookie"]?.[0]?.split(";")[0];
        resolve({ status: response.statusCode ?? 0, text, cookie });
      });
    });
    request.end(payload);
  });
}
