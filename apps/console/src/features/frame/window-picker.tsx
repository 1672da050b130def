"use client";

import type { WindowText } from "@weir/domain";
import { isMoving, readWindow, widthOf, windowChoices, windowOf } from "@weir/domain/browser";
import { Check, ZoomOut } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { lastText, localText, msOfLocalText, textOf, widenWindow, windowWords } from "../time/index.ts";
import { RefreshChoice } from "./refresh-choice.tsx";

interface WindowPickerProps {
  readonly text: WindowText;
  onChoose(text: WindowText): void;
}

/** Lengths that end now, two times of one's own, and how often to read again. */
export function WindowPicker({ text, onChoose }: WindowPickerProps) {
  const moving = isMoving(text);
  return (
    <div className="flex flex-col sm:flex-row">
      <ul className="grid grid-cols-2 gap-px border-line border-b p-1.5 sm:w-44 sm:grid-cols-1 sm:border-r sm:border-b-0">
        {windowChoices.map((choice) => (
          <li key={choice}>
            <button
              type="button"
              aria-pressed={choice === text}
              className="flex h-8 w-full items-center justify-between rounded-sm px-2 text-left first-letter:uppercase hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
              onClick={() => onChoose(choice)}
            >
              <span className="first-letter:uppercase">{windowWords(choice)}</span>
              {choice === text && <Check size={14} aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      <div className="flex w-72 max-w-full flex-col gap-4 p-3">
        <Between key={text} text={text} onChoose={onChoose} />
        <AnyLength onChoose={onChoose} />
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => onChoose(widenWindow(text, Date.now()))}>
            <ZoomOut size={13} aria-hidden /> Twice as long
          </Button>
          {!moving && (
            <Button size="small" onClick={() => onChoose(lastText(widthOf(text)))}>
              Back to now
            </Button>
          )}
        </div>
        <RefreshChoice />
      </div>
    </div>
  );
}

const field =
  "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-xs tabular-nums";

/** Two times, as the reader's clock shows them. */
function Between({ text, onChoose }: WindowPickerProps) {
  const id = useId();
  const [fault, setFault] = useState<string>();
  const [window] = useState(() => windowOf(text, Date.now()));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [fromMs, toMs] = [msOfLocalText(form.get("from")), msOfLocalText(form.get("to"))];
    const next = fromMs < toMs ? textOf({ fromMs, toMs }, Date.now()) : "";
    if (readWindow(next)) onChoose(next);
    else
      setFault(fromMs < toMs ? "A window is 10 seconds to 92 days long." : "It has to begin before it ends.");
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2" aria-describedby={fault && `${id}-fault`}>
      <label className="text-muted text-xs">
        From
        <input
          name="from"
          type="datetime-local"
          step={1}
          required
          defaultValue={localText(window.fromMs)}
          className={field}
        />
      </label>
      <label className="text-muted text-xs">
        To
        <input
          name="to"
          type="datetime-local"
          step={1}
          required
          defaultValue={localText(window.toMs)}
          className={field}
        />
      </label>
      {fault && (
        <p id={`${id}-fault`} role="alert" className="text-failing text-xs">
          {fault}
        </p>
      )}
      <Button type="submit" size="small" className="self-start">
        Show these times
      </Button>
    </form>
  );
}

/** A length that is not on the list. */
function AnyLength({ onChoose }: Pick<WindowPickerProps, "onChoose">) {
  const id = useId();
  const [fault, setFault] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get("length")).trim().toLowerCase();
        const good = readWindow(text) !== undefined;
        setFault(!good);
        if (good) onChoose(text);
      }}
    >
      <label htmlFor={id} className="text-muted text-xs">
        Any length up to now
      </label>
      <div className="flex gap-2">
        <input id={id} name="length" placeholder="90s, 45m, 36h, 14d" autoComplete="off" className={field} />
        <Button type="submit" size="normal" className="px-2 text-xs">
          Show
        </Button>
      </div>
      {fault && (
        <p role="alert" className="mt-1 text-failing text-xs">
          A number with s, m, h or d, from 10s to 92d.
        </p>
      )}
    </form>
  );
}
