/** Bytes of a token: method and field names (RFC 9110 5.6.2). */
export const isTokenByte: Uint8Array = table(
  "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
);

/** Bytes that may stand in a line: all but controls, with tab and obs-text allowed (RFC 9110 5.5). */
export const isLineByte: Uint8Array = lineTable();

/** The value of a hexadecimal digit, or -1. */
export const hexValue: Int8Array = hexTable();

function table(characters: string): Uint8Array {
  const flags = new Uint8Array(256);
  for (let i = 0; i < characters.length; i++) flags[characters.charCodeAt(i)] = 1;
  return flags;
}

function lineTable(): Uint8Array {
  const flags = new Uint8Array(256).fill(1, 0x20);
  flags[0x09] = 1;
  flags[0x7f] = 0;
  return flags;
}

function hexTable(): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (let digit = 0; digit < 16; digit++) {
    const text = digit.toString(16);
    values[text.charCodeAt(0)] = digit;
    values[text.toUpperCase().charCodeAt(0)] = digit;
  }
  return values;
}
