import { asksForPage } from "../match/asks-for-page.ts";
import { hashText } from "../match/hash-text.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import type { RequestReader } from "../match/request-reader.ts";
import type { Sticky } from "../policy/canary.ts";

/** What keeps a user in one version, ready to be asked. Points are in [0, 100). */
export interface Stickiness {
  /** For people, such as `cookie session`. */
  readonly by: string;
  /** Undefined where the request has nothing to stick to. */
  pointOf(request: RequestFacts): number | undefined;
  /** A cookie for a request that has none, where it may be given one. Absent where cookies are the application's. */
  readonly issue?: (request: RequestFacts, random: () => number) => IssuedCookie | undefined;
}

export interface IssuedCookie {
  /** Value of `Set-Cookie`. */
  readonly setCookie: string;
  /** Where the same request will fall once it brings the cookie. */
  readonly point: number;
}

/** The service's name goes into the hash, so that the same users are not the first everywhere. */
export function compileStickiness(sticky: Sticky, service: string, reader: RequestReader): Stickiness {
  const valueIn = stickyValue(sticky, reader);
  const pointOfValue = (value: string) => (hashText(value + service) / 2 ** 32) * 100;
  return {
    by: stickyText(sticky),
    pointOf: (request) => {
      const value = valueIn(request);
      return value === undefined || value === "" ? undefined : pointOfValue(value);
    },
    ...("cookie" in sticky && sticky.maxAgeS !== undefined && { issue: issuer(sticky, pointOfValue) }),
  };
}

/** For pages alone: what programs ask for is drawn by chance, and answered without a cookie that they would not keep. */
function issuer(
  { cookie, maxAgeS }: Extract<Sticky, { cookie: string }>,
  pointOfValue: (value: string) => number,
): NonNullable<Stickiness["issue"]> {
  const attributes = `Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax`;
  return (request, random) => {
    if (!asksForPage(request)) return undefined;
    const id = `${randomWord(random)}${randomWord(random)}`;
    return { setCookie: `${cookie}=${id}; ${attributes}`, point: pointOfValue(id) };
  };
}

/** 32 random bits as hexadecimal digits. */
function randomWord(random: () => number): string {
  return Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
}

function stickyValue(sticky: Sticky, reader: RequestReader): (request: RequestFacts) => string | undefined {
  if ("cookie" in sticky) return (request) => reader.cookie(request, sticky.cookie);
  if ("source" in sticky)
    return ({ source }) => (source.namespace === "" ? undefined : `${source.namespace}/${source.service}`);
  const name = sticky.header.toLowerCase();
  return (request) => request.header(name);
}

function stickyText(sticky: Sticky): string {
  if ("cookie" in sticky) return `cookie ${sticky.cookie}`;
  return "header" in sticky ? `header ${sticky.header}` : "source";
}
