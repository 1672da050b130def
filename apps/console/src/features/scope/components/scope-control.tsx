"use client";

import { useQuery } from "@tanstack/react-query";
import { Boxes, ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { Popover } from "../../../ui/popover.tsx";
import { useScope } from "../hooks/use-scope.ts";
import { scopeWords } from "../view-model/scope.ts";
import { ScopeChoice } from "./scope-choice.tsx";

/** Which namespaces the whole console looks at. */
export function ScopeControl() {
  const { scope, setScope } = useScope();
  const [open, setOpen] = useState(false);
  const services = useQuery(useTRPC().services.names.queryOptions());
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Namespaces"
      trigger={
        <Button className="min-w-0 px-2" aria-label={`Namespaces: ${scopeWords(scope)}`}>
          <Boxes size={15} aria-hidden className={scope.length > 0 ? "text-accent" : "text-faint"} />
          <span className="hidden max-w-40 truncate lg:inline">{scopeWords(scope)}</span>
          {scope.length > 0 && (
            <span aria-hidden className="text-accent text-xs lg:hidden">
              {scope.length}
            </span>
          )}
          <ChevronDown size={14} aria-hidden className="hidden shrink-0 sm:block" />
        </Button>
      }
    >
      <ScopeChoice services={services.data ?? []} scope={scope} onChoose={setScope} />
    </Popover>
  );
}
