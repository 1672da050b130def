/** Classes of answers that mean something of their own. */
export const statusClasses = {
  noResponse: 0,
  clientError: 4,
  serverError: 5,
  /** HTTP went well, and the answer carries a gRPC status other than OK (1 to 16): HTTP has no class 6. */
  grpcError: 6,
} as const;
