import {
  Client,
  credentials,
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { onTestFinished } from "vitest";

export const same = (value: Buffer): Buffer => value;

function method(
  path: string,
  requestStream: boolean,
  responseStream: boolean,
): MethodDefinition<Buffer, Buffer> {
  return {
    path: `/test.Echo/${path}`,
    requestStream,
    responseStream,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

export interface GrpcApp {
  readonly port: number;
  /** Metadata of each unary call, as it came. */
  readonly metadata: Metadata[];
  /** `grpc-timeout` as the server understood it: its deadline, in milliseconds from when the call came. */
  readonly timeoutsMs: number[];
  readonly cancelled: string[];
}

/** A gRPC server that echoes: one message, many into one, one into many, many into many; and fails, and hangs. */
export async function startGrpcApp(): Promise<GrpcApp> {
  const server = new Server({ "grpc.max_receive_message_length": -1 });
  const app = { port: 0, metadata: [] as Metadata[], timeoutsMs: [] as number[], cancelled: [] as string[] };
  server.addService(
    {
      echo: method("echo", false, false),
      join: method("join", true, false),
      split: method("split", false, true),
      chat: method("chat", true, true),
      fail: method("fail", false, false),
      hang: method("hang", true, true),
    },
    {
      echo: (call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
        app.metadata.push(call.metadata);
        const deadline = call.getDeadline();
        app.timeoutsMs.push(Number(deadline) - Date.now());
        const head = new Metadata();
        head.set("x-head", "1");
        call.sendMetadata(head);
        const tail = new Metadata();
        tail.set("x-tail", "2");
        tail.set("x-tail-bin", Buffer.from([0, 255]));
        reply(null, call.request, tail);
      },
      join: (call: ServerReadableStream<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
        const parts: Buffer[] = [];
        call.on("data", (part: Buffer) => parts.push(part));
        call.on("end", () => reply(null, Buffer.concat(parts)));
      },
      split: (call: ServerWritableStream<Buffer, Buffer>) => {
        for (const byte of call.request) call.write(Buffer.from([byte]));
        call.end();
      },
      chat: (call: ServerDuplexStream<Buffer, Buffer>) => {
        call.on("data", (part: Buffer) => call.write(part));
        call.on("end", () => call.end());
      },
      fail: (_call: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
        reply({ code: status.FAILED_PRECONDITION, details: "not today: é" });
      },
      hang: (call: ServerDuplexStream<Buffer, Buffer>) => {
        call.on("cancelled", () => app.cancelled.push(call.getPath()));
        call.on("data", (part: Buffer) => call.write(part));
      },
    },
  );
  app.port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
  onTestFinished(() => server.forceShutdown());
  return app;
}

export interface GrpcResult {
  readonly code: number;
  readonly details: string;
  readonly value: Buffer | undefined;
  readonly head: Metadata | undefined;
  readonly tail: Metadata | undefined;
}

export interface GrpcClient {
  readonly client: Client;
  call(
    name: string,
    value: Buffer,
    options?: { deadlineMs?: number; metadata?: Metadata },
  ): Promise<GrpcResult>;
}

/** A client that asks for `authority` at the outbound port of a sidecar. */
export function connectGrpc(port: number, authority = "backend"): GrpcClient {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    "grpc.default_authority": authority,
    "grpc.max_receive_message_length": -1,
    "grpc.enable_retries": 0,
  });
  onTestFinished(() => client.close());
  return {
    client,
    call: (name, value, { deadlineMs, metadata = new Metadata() } = {}) =>
      new Promise((resolve) => {
        let head: Metadata | undefined;
        let tail: Metadata | undefined;
        let answer: Buffer | undefined;
        const options = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
        const call = client.makeUnaryRequest(
          `/test.Echo/${name}`,
          same,
          same,
          value,
          metadata,
          options,
          (_error, some) => {
            answer = some;
          },
        );
        call.on("metadata", (some) => {
          head = some;
        });
        call.on("status", ({ code, details, metadata: some }) => {
          tail = some;
          setImmediate(() => resolve({ code, details, value: answer, head, tail }));
        });
      }),
  };
}
