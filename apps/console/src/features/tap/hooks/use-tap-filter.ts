"use client";

import { readServiceId } from "@weir/domain/browser";
import {
  createParser,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useMemo } from "react";
import type { TapFilter } from "../../../server/tap/tap-filter.ts";
import { useScope } from "../../scope/index.ts";

/** `namespace/name`; an address with anything else asks for any. */
const parseAsService = createParser({
  parse: (text: string) => (readServiceId(text) ? text : null),
  serialize: (id: string) => id,
});

const parseAsMs = createParser({
  parse: (text: string) => (Number(text) > 0 && Number(text) <= 86_400_000 ? Number(text) : null),
  serialize: String,
});

const parsers = {
  source: parseAsService,
  destination: parseAsService,
  path: parseAsString,
  status: parseAsNumberLiteral([0, 2, 3, 4, 5]),
  slower: parseAsMs,
  decided: parseAsStringLiteral(["would-act", "acted"]),
};

/** Which requests are watched; kept in the address. */
export function useTapFilter() {
  const [state, set] = useQueryStates(parsers);
  const { asked } = useScope();
  const filter = useMemo(
    (): TapFilter => ({
      ...asked,
      ...(state.source !== null && { source: state.source }),
      ...(state.destination !== null && { destination: state.destination }),
      ...(state.path !== null && { path: state.path }),
      ...(state.status !== null && { statusClass: state.status }),
      ...(state.slower !== null && { minDurationMs: state.slower }),
      ...(state.decided !== null && { decided: state.decided }),
    }),
    [state, asked],
  );
  return { filter, state, set };
}
