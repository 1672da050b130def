/** One message that a parser found in the bytes of a connection. Texts are latin1. */
export interface ReadMessage {
  /** The parts of its start line that mean something. */
  readonly start: readonly (string | number)[];
  /** Names and values in turn, in the order they came. */
  readonly fields: readonly string[];
  body: string;
  trailers: readonly string[];
  /** Its end was found. */
  whole: boolean;
}

/** What a parser made of the bytes of one connection, to their end. */
export interface HttpReading {
  readonly messages: readonly ReadMessage[];
  /** Why the rest was refused; `closed`: nothing after the last message is read, whatever it is. */
  readonly stopped: string | undefined;
}
