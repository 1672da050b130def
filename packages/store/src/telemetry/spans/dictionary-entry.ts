import type { ServiceIdentity } from "../records.ts";

/**
 * Something that rows name by a number. The number belongs to one database: `owner` is the caches of the connection that
 * it was read through, and with any other the entry has to be looked up again.
 */
export interface DictionaryEntry {
  owner: object | undefined;
  id: number;
  /** Newest hour since 1970 for which the database knows that it is in use. */
  lastHour: number;
}

export interface ServiceEntry extends DictionaryEntry {
  readonly identity: ServiceIdentity;
  /** Namespace, name and version; the same text for the same identity. */
  readonly key: string;
  /** The same without the version. */
  readonly nameKey: string;
}

export interface OperationEntry extends DictionaryEntry {
  readonly service: ServiceEntry;
  readonly name: string;
  /** MD5 of the name. */
  readonly digest: string;
}

/** Attributes by their JSON text: of a resource, or what spans have in common. */
export interface AttributesEntry extends DictionaryEntry {
  readonly text: string;
  /** MD5 of the text. */
  readonly digest: string;
}
