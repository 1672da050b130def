/**
 * The part of this package that needs no database: for tests of programs on sockets, which then load no database
 * client either.
 */
export { freePort } from "./free-port.ts";
export { type RawHttpSettings, type RawResponse, rawHttp } from "./raw-http.ts";
export { type WaitSettings, waitFor } from "./wait-for.ts";
