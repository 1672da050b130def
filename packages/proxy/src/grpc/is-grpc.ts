import type { Fields } from "../http1/fields.ts";

/** `application/grpc`, perhaps with a codec behind a plus; gRPC-Web is another protocol, which HTTP/1.1 carries. */
export function isGrpc(fields: Fields): boolean {
  const type = fields.get("content-type");
  return type !== undefined && grpcType.test(type);
}

const grpcType = /^application\/grpc(?:$|[+; ])/;
