import type { CallMessages } from "./call-messages.ts";

/** What meters call a method. */
export type GrpcMethodName = "traces" | "metrics" | "logs" | "access_logs" | "health";

/** One call under way. */
export interface GrpcCall {
  readonly messages: CallMessages;
  /** What its sender gets to begin a message where one must come, and to finish one that it has begun. */
  readonly messageTimeoutMs: number;
  /** Ends the call without an answer: its sender does not go on. */
  readonly abandon: () => void;
}

/** A method with one answer, to one message or to a stream of them. */
export interface GrpcMethod {
  readonly name: GrpcMethodName;
  /** The answer, in protobuf. What it throws becomes the call's status: see `statusOf`. */
  readonly answer: (call: GrpcCall) => Promise<Buffer>;
}

/** Methods by their path, `/package.Service/Method`. */
export type GrpcMethods = Readonly<Record<string, GrpcMethod>>;
