import { readServiceId, serviceIdText } from "@weir/domain/browser";
import { SearchX } from "lucide-react";
import { EmptyState } from "../../ui/empty-state.tsx";
import { type NamedService, similarServices } from "./similar-services.ts";
import { SuggestionList } from "./suggestion-list.tsx";

interface UnknownServiceProps {
  /** As the address has it: `namespace/name`, or whatever else somebody wrote. */
  readonly asked: string;
  /** Those there are to choose from. */
  readonly services: readonly NamedService[];
  /** This page, for another service. */
  pathOf(service: NamedService): string;
}

/** A page's address names a service that is not there: those that are called nearly so. The page's own choice stands above. */
export function UnknownService({ asked, services, pathOf }: UnknownServiceProps) {
  const { namespace, service: name } = readServiceId(asked) ?? { namespace: "", service: asked };
  return (
    <EmptyState title="No such service" icon={<SearchX size={30} aria-hidden />}>
      <p className="mb-4" role="status">
        No service <code className="break-all font-mono text-text text-xs">{asked}</code> is known: no sidecar
        has registered for it. It may have another name, or not have started yet. Choose one above.
      </p>
      <SuggestionList
        title="Services with a similar name"
        suggestions={similarServices({ namespace, name }, services).map((service) => ({
          href: pathOf(service),
          label: serviceIdText({ namespace: service.namespace, service: service.name }),
        }))}
      />
    </EmptyState>
  );
}
