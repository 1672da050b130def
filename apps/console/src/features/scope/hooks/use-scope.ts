"use client";

import { createParser, useQueryState } from "nuqs";
import { useMemo } from "react";
import { inScope, readScope, type Scope, scopeText } from "../view-model/scope.ts";

/** `?ns=a,b`; absent means all. */
const scopeParam = createParser<Scope>({
  parse: readScope,
  serialize: (scope) => scopeText(scope) ?? "",
  eq: (a, b) => scopeText(a) === scopeText(b),
}).withDefault([]);

/** The namespaces that the whole console looks at; in the address, so that a link shows the same. */
export function useScope() {
  const [scope, setScope] = useQueryState("ns", scopeParam);
  return useMemo(
    () => ({
      /** Empty: all. */
      scope,
      setScope: (next: Scope) => void setScope(next.length === 0 ? null : next),
      /** Is the service of this id, `namespace/name`, looked at? */
      inScope: (id: string) => inScope(id, scope),
      /** For a question to the server. */
      asked: scope.length === 0 ? {} : { namespaces: [...scope] },
    }),
    [scope, setScope],
  );
}
