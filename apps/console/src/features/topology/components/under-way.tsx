import { WatchedService } from "../../enforcement/components/watched-service.tsx";
import { ServiceRollout } from "../../services/components/service-rollout.tsx";

/** The rollout that moves a service's requests now, and what guards watch of it: each with the way to its page. */
export function UnderWay({ namespace, name }: { namespace: string; name: string }) {
  return (
    <div className="flex flex-col gap-2 border-line border-b px-4 py-3 text-sm empty:hidden">
      <ServiceRollout namespace={namespace} name={name} />
      <WatchedService namespace={namespace} name={name} />
    </div>
  );
}
