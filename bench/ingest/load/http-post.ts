/** A whole request of OTLP over HTTP/1.1, uncompressed, as one piece of memory. */
export function httpPost(path: string, body: Buffer): Buffer {
  const head =
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n` +
    `Content-Type: application/x-protobuf\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}
