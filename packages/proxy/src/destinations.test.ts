import { rawHttp } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { ok, startFixedServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const done = {
  until: (text: string) => text.endsWith("known") || text.endsWith("unknown") || text.endsWith("}\n"),
};

test.each`
  line                                      | host                                | answer       | sent                                        | why
  ${"GET /a?b HTTP/1.1"}                    | ${"backend"}                        | ${"known"}   | ${"GET /a?b HTTP/1.1"}                      | ${"Host"}
  ${"GET / HTTP/1.1"}                       | ${"BACKEND:8080"}                   | ${"known"}   | ${"GET / HTTP/1.1"}                         | ${"Host in capitals and with a port"}
  ${"GET / HTTP/1.1"}                       | ${"backend.shop.svc.cluster.local"} | ${"known"}   | ${"GET / HTTP/1.1"}                         | ${"a qualified name"}
  ${"GET http://backend/a?b HTTP/1.1"}      | ${"elsewhere"}                      | ${"known"}   | ${"GET /a?b HTTP/1.1\r\nHost: backend\r\n"} | ${"the target, over Host"}
  ${"GET http://backend:80 HTTP/1.1"}       | ${"elsewhere"}                      | ${"known"}   | ${"GET / HTTP/1.1\r\nHost: backend:80\r\n"} | ${"a target without a path"}
  ${"GET http://backend?q HTTP/1.1"}        | ${"elsewhere"}                      | ${"known"}   | ${"GET /?q HTTP/1.1"}                       | ${"a target with a query only"}
  ${"OPTIONS http://backend HTTP/1.1"}      | ${"elsewhere"}                      | ${"known"}   | ${"OPTIONS * HTTP/1.1"}                     | ${"OPTIONS of the server"}
  ${"GET HTTP://BackEnd/ HTTP/1.1"}         | ${"elsewhere"}                      | ${"known"}   | ${"GET / HTTP/1.1\r\nHost: BackEnd\r\n"}    | ${"scheme and host in any case"}
  ${"GET http://127.0.0.1:PORT/a HTTP/1.1"} | ${"backend"}                        | ${"unknown"} | ${"GET /a HTTP/1.1"}                        | ${"a host that the mesh does not know"}
  ${"GET /a HTTP/1.1"}                      | ${"localhost:PORT"}                 | ${"unknown"} | ${"GET /a HTTP/1.1"}                        | ${"a Host that the mesh does not know"}
`("the destination is told by $why", async ({ line, host, answer, sent }) => {
  const known = await startFixedServer(ok("known"));
  const unknown = await startFixedServer(ok("unknown"));
  const sidecar = await startTestSidecar({ services: [service("backend", { v1: known.port })] });
  const fill = (text: string) => text.replace("PORT", String(unknown.port));
  const { text } = await rawHttp(sidecar.outboundPort, `${fill(line)}\r\nHost: ${fill(host)}\r\n\r\n`, done);
  expect(text.endsWith(`\r\n\r\n${answer}`)).toBe(true);
  expect((answer === "known" ? known : unknown).received[0]).toContain(sent);
  const destination = answer === "known" ? "backend" : "passthrough";
  await expect.poll(() => sidecar.page("/metrics")).toContain(`destination="${destination}"`);
});

test("a request to the sidecar itself is no endless loop: 404 NR", async () => {
  const sidecar = await startTestSidecar();
  const request = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${sidecar.outboundPort}\r\n\r\n`;
  const { status, text } = await rawHttp(sidecar.outboundPort, request, done);
  expect([status, text.includes("x-weir-response-flag: NR")]).toEqual([404, true]);
});

test("a name that does not resolve: 503 UF", async () => {
  const sidecar = await startTestSidecar();
  const { status, text } = await rawHttp(
    sidecar.outboundPort,
    "GET / HTTP/1.1\r\nHost: nowhere.invalid\r\n\r\n",
    done,
  );
  expect([status, text.includes("x-weir-response-flag: UF")]).toEqual([503, true]);
});

test.each`
  host                | additions              | told     | where
  ${"backend"}        | ${{}}                  | ${"web"} | ${"a service of the mesh"}
  ${"backend"}        | ${{ identity: false }} | ${""}    | ${"a service of the mesh, with identity switched off"}
  ${"127.0.0.1:PORT"} | ${{}}                  | ${""}    | ${"a host outside of the mesh"}
`("who is calling as $where is told: '$told'", async ({ host, additions, told }) => {
  const upstream = await startFixedServer(ok("known"));
  const services = [service("backend", { v1: upstream.port })];
  const sidecar = await startTestSidecar({ services, additions });
  const claim = "x-weir-source-service: evil";
  const name = host.replace("PORT", String(upstream.port));
  await rawHttp(sidecar.outboundPort, `GET / HTTP/1.1\r\nHost: ${name}\r\n${claim}\r\n\r\n`, done);
  const sent = upstream.received[0] ?? "";
  expect(/^x-weir-source-service: (.*)\r$/m.exec(sent)?.[1] ?? "").toBe(told);
  expect(sent.includes("x-weir-source-namespace")).toBe(told !== "");
});
