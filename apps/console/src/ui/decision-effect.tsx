import { Equal, Eye, Shield } from "lucide-react";

interface DecisionEffectProps {
  readonly acted: boolean;
  readonly wouldAct: boolean;
  /** Observe or enforce: what was in force for the policy. */
  readonly mode: string;
}

/** What a policy did to a request: acted (a shield), would have (an eye), or changed nothing. */
export function DecisionEffect({ acted, wouldAct, mode }: DecisionEffectProps) {
  if (acted)
    return (
      <span className="inline-flex items-center gap-1 font-medium text-enforce">
        <Shield size={12} aria-hidden /> acted
      </span>
    );
  if (wouldAct)
    return (
      <span className="inline-flex items-center gap-1 font-medium text-observe">
        <Eye size={12} aria-hidden /> would have acted ({mode})
      </span>
    );
  return (
    <span className="inline-flex items-center gap-1 text-muted">
      <Equal size={12} aria-hidden /> changed nothing ({mode})
    </span>
  );
}
