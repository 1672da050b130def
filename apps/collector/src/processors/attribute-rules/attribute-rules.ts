import type { AttributeValue } from "@weir/telemetry/otlp";
import type { Alias, AttributePart } from "./alias.ts";
import { type AttributeAction, holdsValues, Redaction, type RedactionSettings } from "./redaction.ts";
import { type Convention, conventionOf } from "./semantic-conventions.ts";

export interface AttributeRulesSettings {
  /** Names and values of older semantic conventions become today's. */
  readonly normalise: boolean;
  readonly redaction: RedactionSettings;
}

/** What is done with all attributes of one name. */
export interface AttributeRule {
  /** The name it is stored by. */
  readonly name: string;
  readonly action: AttributeAction;
  /** An older convention's name: the attribute that has the name of today wins. */
  readonly isAlias: boolean;
  /** Of several attributes that are to have the same name, the one of lowest rank counts; 0 has the name of today. */
  readonly rank: number;
  /** A text, a number or a boolean is stored as it came. Lists and maps are, too, unless the rules redact. */
  readonly isPlain: boolean;
  /** Makes several attributes of a text, each of which has a rule of its own; they rank as this one does. */
  readonly split?: ((value: string) => readonly AttributePart[]) | undefined;
}

/** A rule with what `apply` needs of it. */
interface KnownRule extends AttributeRule {
  readonly convert: ((value: AttributeValue) => AttributeValue) | undefined;
  /** The action where the value stays what it is, under the name it came by. */
  readonly actionOnWhole: AttributeAction;
}

/** Names remembered by kind of name; senders have some hundreds, an attacker any number. */
const mostNames = 4096;
/** Longer ones are nobody's, and not kept. */
const longestName = 256;

const noRedaction: RedactionSettings = { keys: [], values: [], ignoredKeys: [] };

/** The one table of what happens to attributes, for all signals and all ways of decoding them. */
export class AttributeRules {
  readonly #normalise: boolean;
  readonly #redaction: Redaction;
  /** By name, for servers and for all other kinds. */
  readonly #known: readonly Map<string, KnownRule>[] = [new Map(), new Map()];

  /** Throws RegexRefused. */
  constructor({ normalise = true, redaction = noRedaction }: Partial<AttributeRulesSettings> = {}) {
    this.#normalise = normalise;
    this.#redaction = new Redaction(redaction);
  }

  /** Whether values are changed for what they say, whatever their name: no rule is plain then. */
  get readsTexts(): boolean {
    return this.#redaction.readsTexts;
  }

  /** Whether anything is hidden or dropped at all. */
  get redacts(): boolean {
    return this.#redaction.readsNames || this.#redaction.readsTexts;
  }

  /** The rule for a name. `kind` is the OTLP SpanKind, 0 where there is none. The same for the same arguments, but for names too long to be kept. */
  ruleOf(name: string, kind = 0): AttributeRule {
    const known = this.#known[kind === server ? 1 : 0] as Map<string, KnownRule>;
    const found = known.get(name);
    if (found) return found;
    const rule = this.#make(name, kind);
    if (name.length > longestName) return rule;
    // Those that matter are back at once.
    if (known.size >= mostNames) known.clear();
    known.set(name, rule);
    return rule;
  }

  /** A value as it is stored. */
  apply(rule: AttributeRule, value: AttributeValue): AttributeValue {
    if (rule.isPlain && !holdsValues(value)) return value;
    const { convert } = rule as KnownRule;
    return this.#redaction.apply(rule.action, convert ? convert(value) : value);
  }

  /** A value without what is to be hidden, for whoever keeps the name it came by; undefined where it is dropped. */
  redact(rule: AttributeRule, value: AttributeValue): AttributeValue | undefined {
    const { actionOnWhole } = rule as KnownRule;
    return actionOnWhole === "drop" ? undefined : this.#redaction.apply(actionOnWhole, value);
  }

  /** A value that has no name: a log record's body. */
  applyToValue(value: AttributeValue): AttributeValue {
    return this.#redaction.apply("keep", value);
  }

  /** A text that is no attribute (a status message, an operation's name) without what is to be hidden in any. */
  maskText(text: string): string {
    return this.#redaction.maskText(text);
  }

  #make(key: string, kind: number): KnownRule {
    const convention = conventionOf(key, kind);
    const { name, rank, alias } = this.#normalise ? convention : { name: key, rank: 0, alias: undefined };
    const actionOnWhole = this.#redaction.actionOf(key, kind, { whole: true });
    const action = alias?.split ? this.#redaction.actionOf(key, kind, { whole: false }) : actionOnWhole;
    const convert = this.#normalise ? converterOf(convention) : undefined;
    // A text that is hidden or left out as a whole has no parts.
    const split = action === "keep" ? alias?.split?.of : undefined;
    const isPlain = action === "keep" && !convert && !split && !this.readsTexts;
    return { name, action, isAlias: rank > 0, rank, isPlain, split, convert, actionOnWhole };
  }
}

const server = 2;

function converterOf({ alias, isInteger }: Convention): KnownRule["convert"] {
  if (isInteger) return integerOf;
  return alias?.values || alias?.asText ? (value) => convertBy(alias, value) : undefined;
}

function integerOf(value: AttributeValue): AttributeValue {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function convertBy({ values, asText }: Alias, value: AttributeValue): AttributeValue {
  if (asText && (typeof value === "number" || typeof value === "bigint")) return String(value);
  return typeof value === "string" && values && Object.hasOwn(values, value)
    ? (values[value] as string)
    : value;
}
