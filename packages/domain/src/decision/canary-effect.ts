import { compileHttpMatch } from "../match/compile-http-match.ts";
import type { Matcher } from "../match/compile-match.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import type { RequestReader } from "../match/request-reader.ts";
import type { CanarySpec } from "../policy/canary.ts";
import { pickBackend } from "../policy/pick-backend.ts";
import type { Decision } from "./decision.ts";
import { falls } from "./falls.ts";
import type { OutcomeDraft } from "./outcome-draft.ts";
import { decisionOf, type PolicyFacts } from "./policy-voice.ts";
import { compileStickiness, type Stickiness } from "./stickiness.ts";

/** What of a service its canaries need. */
export interface CanaryTarget {
  readonly name: string;
  readonly stableVersion?: string | undefined;
}

/** A version that the canary chooses, and how it says so. */
interface Choice {
  readonly version: string;
  readonly decision: Decision;
  /** The same with a copy; undefined where there is none, because nothing is copied or the request goes there itself. */
  readonly mirrored: Decision | undefined;
}

interface Pin {
  readonly matches: Matcher;
  readonly choice: Choice;
}

/** A canary, ready to be applied: every choice it can make is made once and then found again. */
export class CanaryEffect {
  readonly #enforced: boolean;
  readonly #backends: CanarySpec["backends"];
  /** The version that has all of the shares, if one has: nothing is left to chance then. */
  readonly #sole: string | undefined;
  readonly #mirror: CanarySpec["mirror"];
  readonly #stickiness: Stickiness | undefined;
  readonly #pins: readonly Pin[];
  readonly #drawn: ReadonlyMap<string, Choice>;

  constructor(policy: PolicyFacts & CanarySpec, service: CanaryTarget, reader: RequestReader) {
    const { backends, sticky, pins = [], mirror } = policy;
    const choiceOf = (version: string, reason: string): Choice => {
      const verdict = `version=${version}`;
      const copied = mirror?.version === version ? undefined : mirror;
      return {
        version,
        decision: decisionOf(policy, verdict, reason, version !== service.stableVersion),
        mirrored: copied && decisionOf(policy, `${verdict}, mirror=${copied.version}`, reason, true),
      };
    };
    this.#enforced = policy.mode === "enforce";
    this.#backends = backends;
    this.#sole = backends.find(({ weight }) => weight === 100)?.version;
    this.#mirror = mirror;
    this.#stickiness = sticky && compileStickiness(sticky, service.name, reader);
    this.#pins = pins.flatMap(({ match, version }, index) => {
      const choice = choiceOf(version, `pins[${index}]`);
      return match.map((one) => ({ matches: compileHttpMatch(one, reader), choice }));
    });
    const reason = this.#stickiness ? `weights, sticky by ${this.#stickiness.by}` : "weights";
    this.#drawn = new Map(backends.map(({ version }) => [version, choiceOf(version, reason)]));
  }

  /** Chooses a version by the first pin that matches, else by what sticks or by chance; says so, and where enforced acts. */
  apply(request: RequestFacts, draft: OutcomeDraft, random: () => number): void {
    const choice = this.#pinned(request) ?? this.#draw(request, draft, random);
    if (choice === undefined) return;
    const copied = choice.mirrored && this.#copies(draft, random) ? this.#mirror : undefined;
    draft.decided(copied && choice.mirrored ? choice.mirrored : choice.decision);
    if (!this.#enforced) return;
    draft.version = choice.version;
    draft.pinned = true;
    if (copied) draft.action = { ...draft.action, mirrorVersion: copied.version };
  }

  #pinned(request: RequestFacts): Choice | undefined {
    for (const { matches, choice } of this.#pins) if (matches(request)) return choice;
    return undefined;
  }

  /** Who is given a cookie is drawn by it already. In observe nobody is, and the draw is left to chance. */
  #draw(request: RequestFacts, draft: OutcomeDraft, random: () => number): Choice | undefined {
    let point = this.#stickiness?.pointOf(request);
    if (point === undefined && this.#enforced) {
      const issued = this.#stickiness?.issue?.(request, random);
      if (issued !== undefined) {
        point = issued.point;
        draft.action = { ...draft.action, setCookie: issued.setCookie };
      }
    }
    return this.#drawn.get(this.#sole ?? pickBackend(this.#backends, point ?? random() * 100));
  }

  /** A route that the request follows may have it copied already; one copy is made. */
  #copies(draft: OutcomeDraft, random: () => number): boolean {
    return draft.action?.mirrorVersion === undefined && falls(this.#mirror?.percent, random);
  }
}
