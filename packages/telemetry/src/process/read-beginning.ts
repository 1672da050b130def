/**
 * The beginning of a body of somebody else's, who may send without end. It stops with the part that goes beyond `limit` bytes;
 * what comes after is not waited for, and the connection is closed.
 */
export async function readBeginning(body: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length > limit) break;
  }
  return Buffer.concat(parts, length);
}
