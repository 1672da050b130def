import { readServiceId, serviceIdText } from "@weir/domain/browser";
import { SearchX } from "lucide-react";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { newRolloutPath, SuggestionList, similarServices } from "../../frame/index.ts";

interface UnknownServiceProps {
  /** As the address has it: `namespace/name`, or whatever else somebody wrote. */
  readonly asked: string;
  readonly services: readonly { readonly namespace: string; readonly name: string }[];
}

/** A rollout was asked for of a service that is not there: those that are called nearly so. */
export function UnknownService({ asked, services }: UnknownServiceProps) {
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
          href: newRolloutPath(service),
          label: serviceIdText({ namespace: service.namespace, service: service.name }),
        }))}
      />
    </EmptyState>
  );
}
