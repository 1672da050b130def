import { Client, compressionAlgorithms, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { decodeRetryStatus, type RetryStatus } from "@weir/telemetry/grpc";

const asIs = (bytes: Buffer): Buffer => bytes;

/** How a call ended: with a body, or with a status. */
export interface RawAnswer {
  readonly code: number;
  readonly message: string;
  readonly body?: Buffer | undefined;
  /** `grpc-status-details-bin`, decoded. */
  readonly details?: RetryStatus | undefined;
}

export interface RawClient {
  /** Calls a method with one message of these bytes, whatever they are. */
  call(path: string, message: Uint8Array): Promise<RawAnswer>;
  close(): void;
}

/** A client of gRPC's own library for Node that sends bytes as they are, compressed when told to. */
export function rawClient(port: number, compression: "identity" | "gzip" = "identity"): RawClient {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    "grpc.default_compression_algorithm": compressionAlgorithms[compression],
    "grpc.max_send_message_length": -1,
    "grpc.enable_retries": 0,
  });
  return {
    call: (path, message) =>
      new Promise((resolve) => {
        const answered = (error: ServiceError | null, body?: Buffer): void =>
          resolve(error ? answerOf(error) : { code: 0, message: "", body });
        client.makeUnaryRequest(path, asIs, asIs, Buffer.from(message), new Metadata(), {}, answered);
      }),
    close: () => client.close(),
  };
}

function answerOf({ code, details, metadata }: ServiceError): RawAnswer {
  const [encoded] = metadata.get("grpc-status-details-bin");
  return {
    code,
    message: details,
    details: Buffer.isBuffer(encoded) ? decodeRetryStatus(encoded) : undefined,
  };
}
