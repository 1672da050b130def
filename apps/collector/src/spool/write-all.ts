import type { FileHandle } from "node:fs/promises";

/** Writes all of the buffers at `position`; one call may write less than it was given, when a disk fills up say. */
export async function writeAll(
  file: FileHandle,
  buffers: readonly Buffer[],
  position: number,
): Promise<void> {
  let rest: readonly Buffer[] = buffers.filter(({ length }) => length > 0);
  for (let at = position; rest.length > 0; ) {
    const { bytesWritten } = await file.writev(rest, at);
    if (bytesWritten === 0) throw new Error("nothing was written");
    at += bytesWritten;
    rest = behind(rest, bytesWritten);
  }
}

/** What is left of the buffers after so many bytes. */
function behind(buffers: readonly Buffer[], bytes: number): Buffer[] {
  let skip = bytes;
  return buffers.flatMap((buffer) => {
    const left = buffer.subarray(Math.min(skip, buffer.length));
    skip -= buffer.length - left.length;
    return left.length > 0 ? [left] : [];
  });
}
