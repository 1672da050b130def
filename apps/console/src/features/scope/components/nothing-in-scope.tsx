"use client";

import { Boxes } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useScope } from "../hooks/use-scope.ts";
import { scopeWords } from "../view-model/scope.ts";

/** There is something, and none of it in the namespaces looked at. `what` names it: "service". */
export function NothingInScope({ what }: { what: string }) {
  const { scope, setScope } = useScope();
  return (
    <EmptyState title={`No ${what} in ${scopeWords(scope)}`} icon={<Boxes size={30} aria-hidden />}>
      <p className="mb-4">The console looks at these namespaces only, as chosen at the top.</p>
      <Button onClick={() => setScope([])}>Look at all namespaces</Button>
    </EmptyState>
  );
}
