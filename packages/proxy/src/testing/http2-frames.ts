import { waitFor } from "@weir/testkit/sockets";
import { connectRaw, type RawClient } from "./raw-client.ts";

export const frameTypes = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const endStream = 1;
export const endHeaders = 4;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A field block of literals without Huffman coding or indexing (RFC 7541 6.2.2), whatever its names and values. */
export function fieldBlock(fields: readonly (readonly [string, string])[]): Buffer {
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), literal(name), literal(value)]));
}

function literal(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const length: number[] = [];
  if (bytes.length < 127) length.push(bytes.length);
  else {
    length.push(127);
    let rest = bytes.length - 127;
    for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

export const request: readonly (readonly [string, string])[] = [
  [":method", "GET"],
  [":scheme", "http"],
  [":authority", "backend"],
  [":path", "/"],
];

export function resetFrame(stream: number, code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return frame(frameTypes.reset, 0, stream, payload);
}

export interface FrameClient extends RawClient {
  /** Frames that came whole so far. */
  readonly frames: readonly Frame[];
  untilFrame(what: string, test: (frame: Frame) => boolean): Promise<Frame>;
}

/** A connection by prior knowledge whose frames the test writes and reads itself; the preface has been sent. */
export async function connectFrames(port: number, settings: Buffer = Buffer.alloc(0)): Promise<FrameClient> {
  const client = await connectRaw(port);
  client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  client.send(frame(frameTypes.settings, 0, 0, settings));
  const frames = (): Frame[] => framesOf(Buffer.from(client.text, "latin1"));
  return Object.defineProperty(
    Object.assign(client, {
      untilFrame: (what: string, test: (frame: Frame) => boolean) =>
        waitFor(() => frames().find(test), { what }),
    }),
    "frames",
    { get: frames },
  ) as unknown as FrameClient;
}

function framesOf(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 9 <= bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    if (end > bytes.length) break;
    frames.push({
      type: bytes[at + 3] as number,
      flags: bytes[at + 4] as number,
      stream: bytes.readUInt32BE(at + 5),
      payload: bytes.subarray(at + 9, end),
    });
    at = end;
  }
  return frames;
}
