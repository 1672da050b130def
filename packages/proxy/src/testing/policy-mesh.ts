import { decisionAttributes, meshAttributes } from "@weir/domain/request-path";
import type { Attributes } from "@weir/telemetry/otlp";
import { rawHttp, waitFor } from "@weir/testkit/sockets";
import type { SidecarSettings } from "../sidecar.ts";
import { type RawServer, startRawServer } from "./raw-server.ts";
import { service, startTestSidecar, type TestSidecar } from "./start-test-sidecar.ts";
import { startTestCollector } from "./test-collector.ts";

export interface PolicyAnswer {
  readonly status: number;
  /** Of `x-weir-response-flag`; empty where the answer is an upstream's. */
  readonly flag: string;
  readonly text: string;
}

/** A sidecar under policies, two versions of `backend` behind it, and what it told its collector. */
export interface PolicyMesh {
  readonly sidecar: TestSidecar;
  readonly v1: RawServer;
  readonly v2: RawServer;
  /** One request on a connection of its own. */
  ask(head?: string, body?: string): Promise<PolicyAnswer>;
  /** Of so many requests, in the order they ended: the decisions of each as `policy verdict`, `!` behind those that acted. */
  decisions(requests: number): Promise<string[][]>;
  /** Response flags of so many requests, in the order they ended. */
  flags(requests: number): Promise<string[]>;
}

export interface PolicyMeshSettings {
  readonly mode: "observe" | "enforce";
  /** Without `targetRef`, which is `backend`. */
  readonly policies: readonly Record<string, unknown>[];
  /** What a version answers a request with, given all that its connection has sent; its own name unless told. */
  readonly v1?: ((text: string, connection: number) => string | undefined) | undefined;
  readonly v2?: ((text: string, connection: number) => string | undefined) | undefined;
  readonly config?: Record<string, unknown>;
  readonly settings?: Partial<SidecarSettings>;
}

export async function startPolicyMesh({
  mode,
  policies,
  v1,
  v2,
  config,
  settings,
}: PolicyMeshSettings): Promise<PolicyMesh> {
  const collector = await startTestCollector();
  const first = await startRawServer((text, _socket, connection) => (v1 ?? named("v1"))(text, connection));
  const second = await startRawServer((text, _socket, connection) => (v2 ?? named("v2"))(text, connection));
  const sidecar = await startTestSidecar(
    {
      mode,
      telemetry: { otlp: collector.origin },
      services: [service("backend", { v1: first.port, v2: second.port })],
      policies: policies.map((policy) => ({ targetRef: "backend", ...policy })),
      ...config,
    },
    { exportIntervalMs: 20, ...settings },
  );
  const logs = async (requests: number): Promise<Attributes[]> => {
    await waitFor(() => collector.logs.length >= requests, { what: `${requests} access logs` });
    return collector.logs.map(({ attributes }) => attributes);
  };
  return {
    sidecar,
    v1: first,
    v2: second,
    ask: async (head = "GET / HTTP/1.1\r\n", body = "") => {
      const sent = `${head}Host: backend\r\nConnection: close\r\n\r\n${body}`;
      const { status, text } = await rawHttp(sidecar.outboundPort, sent);
      return { status, text, flag: /^x-weir-response-flag: (\w+)\r$/m.exec(text)?.[1] ?? "" };
    },
    decisions: async (requests) => (await logs(requests)).map(decisionsIn),
    flags: async (requests) =>
      (await logs(requests)).map((log) => String(log[meshAttributes.responseFlag] ?? "")),
  };
}

function decisionsIn(log: Attributes): string[] {
  const list = log[meshAttributes.decisions];
  if (!Array.isArray(list)) return [];
  return (list as Attributes[]).map((decision) => {
    const told = (name: "policy" | "verdict" | "acted"): unknown =>
      decision[name] ?? decision[decisionAttributes[name]];
    return `${told("policy")} ${told("verdict")}${told("acted") === true ? "!" : ""}`;
  });
}

/** Answers each whole request without a body with the version's name. */
export function named(version: string): (text: string) => string | undefined {
  return (text) =>
    text.endsWith("\r\n\r\n") ? `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${version}` : undefined;
}
