import { createHealthHandler, createLogger, createRegistry } from "@weir/telemetry/process";
import { rawHttp } from "@weir/testkit";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createControlServer } from "./control-server.ts";
import { listen } from "./listen.ts";
import { readJson } from "./read-json.ts";

const server = createControlServer({
  health: createHealthHandler({ registry: createRegistry("test"), readiness: () => ({ ready: true }) }),
  routes: {
    "/v1/echo": async (incoming, response) => {
      const { word } = await readJson(incoming, z.strictObject({ word: z.string() }), "echo");
      response.end(word);
    },
    "/v1/broken": async () => {
      throw new Error("the reason, for the log only");
    },
  },
  logger: createLogger("test", "silent"),
});
let port = 0;
beforeAll(async () => {
  port = await listen(server, { host: "127.0.0.1", port: 0 });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const json = { "content-type": "application/json" };

async function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string },
) {
  const answer = await request(`http://127.0.0.1:${port}${path}`, { method: "POST", ...options });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, text };
}

test("a request that fits is served, whatever the parameters of its content type", async () => {
  const headers = { "content-type": "Application/JSON; charset=utf-8" };
  expect(await send("/v1/echo?x=1", { headers, body: '{"word":"hé"}' })).toMatchObject({
    status: 200,
    text: "hé",
  });
});

describe("what does not fit is refused with code and reason", () => {
  const tooLong = JSON.stringify({ word: "x".repeat(64 * 1024) });
  test.each`
    what                       | path            | options                                                      | status | code                    | message
    ${"an unknown path"}       | ${"/v1/nope"}   | ${{ headers: json, body: "{}" }}                             | ${404} | ${"not-found"}          | ${"there is nothing at /v1/nope"}
    ${"a path by its name"}    | ${"/toString"}  | ${{ headers: json, body: "{}" }}                             | ${404} | ${"not-found"}          | ${"there is nothing at /toString"}
    ${"GET"}                   | ${"/v1/echo"}   | ${{ method: "GET" }}                                         | ${405} | ${"method-not-allowed"} | ${"/v1/echo takes POST, not GET"}
    ${"a browser's preflight"} | ${"/v1/echo"}   | ${{ method: "OPTIONS" }}                                     | ${405} | ${"method-not-allowed"} | ${"/v1/echo takes POST, not OPTIONS"}
    ${"no content type"}       | ${"/v1/echo"}   | ${{ body: "{}" }}                                            | ${415} | ${"not-json"}           | ${/must be application\/json, not absent/}
    ${"a form"}                | ${"/v1/echo"}   | ${{ headers: { "content-type": "text/plain" }, body: "{}" }} | ${415} | ${"not-json"}           | ${/not text\/plain/}
    ${"no body"}               | ${"/v1/echo"}   | ${{ headers: json }}                                         | ${400} | ${"invalid-json"}       | ${/the body is not JSON/}
    ${"broken JSON"}           | ${"/v1/echo"}   | ${{ headers: json, body: '{"word":' }}                       | ${400} | ${"invalid-json"}       | ${/the body is not JSON/}
    ${"another shape"}         | ${"/v1/echo"}   | ${{ headers: json, body: '{"word":1}' }}                     | ${400} | ${"invalid"}            | ${/^echo: word: .*expected string/}
    ${"an unknown key"}        | ${"/v1/echo"}   | ${{ headers: json, body: '{"word":"a","b":1}' }}             | ${400} | ${"invalid"}            | ${/^echo: b: is not known here/}
    ${"a long body"}           | ${"/v1/echo"}   | ${{ headers: json, body: tooLong }}                          | ${413} | ${"too-long"}           | ${"the body must be at most 65536 bytes"}
    ${"an error of ours"}      | ${"/v1/broken"} | ${{ headers: json, body: "{}" }}                             | ${500} | ${"internal"}           | ${/^the controller failed/}
  `("$what: $status $code", async ({ path, options, status, code, message }) => {
    const answer = await send(path, options);
    expect(answer.status).toBe(status);
    const { error } = JSON.parse(answer.text) as { error: { code: string; message: string } };
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test("a refused shape names every path", async () => {
    const answer = await send("/v1/echo", { headers: json, body: '{"word":1,"b":1}' });
    const { error } = JSON.parse(answer.text) as { error: { findings: { path: string }[] } };
    expect(error.findings.map((finding) => finding.path)).toEqual(["word", "b"]);
  });

  test("405 says what is allowed", async () => {
    expect((await send("/v1/echo", { method: "PUT", headers: json, body: "{}" })).headers.allow).toBe("POST");
  });

  test("a long body without a length is answered before it ends", async () => {
    const chunk = `8000\r\n${"x".repeat(0x8000)}\r\n`;
    const head =
      "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    const answer = await rawHttp(port, head + chunk + chunk + chunk, {
      until: (text) => text.includes("too-long"),
    });
    expect(answer.status).toBe(413);
  });

  test("what is not HTTP is answered 400", async () => {
    expect((await rawHttp(port, "\x16\x03\x01 hello\r\n\r\n")).status).toBe(400);
  });
});

test("a client that goes away in the middle of its body leaves the server serving", async () => {
  const head =
    "POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
  await rawHttp(port, head, { halfClose: true, timeoutMs: 1_000 });
  expect((await send("/v1/echo", { headers: json, body: '{"word":"on"}' })).text).toBe("on");
});

test("health is served on the same port", async () => {
  expect(await send("/healthz", { method: "GET" })).toMatchObject({ status: 200 });
});

test("a port that is taken is one clear sentence", async () => {
  const second = createControlServer({
    health: () => false,
    routes: {},
    logger: createLogger("test", "silent"),
  });
  await expect(listen(second, { host: "127.0.0.1", port })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: another process has that port`,
  );
});
