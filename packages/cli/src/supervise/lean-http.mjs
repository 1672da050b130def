/**
 * Loaded before a program that uses `node:http` and nothing of fetch (`node --import`): importing the module reads
 * all of its properties, and three of them, kept for browsers' sake, load the whole of Node's fetch. That is 16 MB
 * in every process (Node 26; measured in docs/benchmarks.md). The globals of the same names are not touched.
 */
const http = process.getBuiltinModule("node:http");
for (const name of ["WebSocket", "CloseEvent", "MessageEvent"])
  Object.defineProperty(http, name, { value: undefined, configurable: true });
