import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { ReadWindow } from "./read-window.ts";
import { decodeHeader, headerBytes, recordBytes, recordMagic, type SpoolRequest } from "./record.ts";

export interface FoundRecord {
  /** Its body is valid until the next record is asked for. */
  readonly request: SpoolRequest;
  /** Offset of the first byte behind it. */
  readonly end: number;
}

/** Bytes of which no record can be made. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** The disk gave an error instead of bytes. */
  readonly unreadable?: true;
}

/**
 * The records of a file from one offset to another, in order. What is damaged in between is stepped over and told to
 * `onGap`; the search for the next record goes byte by byte, so one bad byte costs one record. A part of the disk that
 * cannot be read costs the rest of the file.
 */
export async function* readRecords(
  file: FileHandle,
  from: number,
  to: number,
  onGap: (gap: Gap) => void,
): AsyncGenerator<FoundRecord, void, void> {
  const window = new ReadWindow(file, to);
  let at = from;
  let gapFrom: number | undefined;
  try {
    while (at < to) {
      const request = await recordAt(window, at);
      if (request) {
        if (gapFrom !== undefined) onGap({ from: gapFrom, to: at });
        gapFrom = undefined;
        at += recordBytes(request);
        yield { request, end: at };
      } else {
        gapFrom ??= at;
        at = (await window.find(recordMagic, at + 1)) ?? to;
      }
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return onGap({ from: gapFrom ?? at, to, unreadable: true });
  }
  if (gapFrom !== undefined) onGap({ from: gapFrom, to });
}

async function recordAt(window: ReadWindow, at: number): Promise<SpoolRequest | undefined> {
  const bytes = await window.view(at, headerBytes);
  const header = bytes && decodeHeader(bytes);
  if (!header) return undefined;
  const { signal, encoding, receivedNs, bodyBytes, bodyCrc } = header;
  const body = await window.view(at + headerBytes, bodyBytes);
  return body && crc32(body) === bodyCrc ? { signal, encoding, receivedNs, body } : undefined;
}

/** The medium itself fails: it would fail again. All other errors (too many open files, say) pass. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EIO" || error.code === "EUCLEAN");
}
