"use client";

import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "react";
import type { PolicySchema } from "../view-model/policy-schema.ts";
import { suggestionsAt } from "../view-model/suggest.ts";
import { textChange } from "../view-model/text-change.ts";
import { editorTheme } from "./editor-theme.ts";

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly path: string;
  readonly fix: string;
}

interface YamlEditorProps {
  readonly text: string;
  onChange(text: string): void;
  readonly marks: readonly Mark[];
  readonly schema: PolicySchema | undefined;
  /** Shows what differs from this text, line by line; undefined: only the text. */
  readonly comparedWith: string | undefined;
  readonly label: string;
  /** mod+s. */
  onSave(): void;
}

/** A text of YAML: errors at their lines, members and values completed by the schema. Escape, then Tab leaves it. */
export default function YamlEditor(props: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const compare = useRef(new Compartment());
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          keymap.of([{ key: "Mod-s", run: save }]),
          basicSetup,
          yaml(),
          lintGutter(),
          linter(null),
          autocompletion({ override: [complete] }),
          editorTheme,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": latest.current.label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          compare.current.of([]),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();

    function save(): boolean {
      latest.current.onSave();
      return true;
    }

    function complete(context: CompletionContext) {
      const { schema } = latest.current;
      if (!schema) return null;
      return suggestionsAt(schema, context.state.doc.toString(), context.pos, context.explicit);
    }
  }, []);

  const { text, marks, comparedWith } = props;
  useEffect(() => {
    const editor = view.current;
    const now = editor?.state.doc.toString();
    if (editor && now !== undefined && now !== text) editor.dispatch({ changes: textChange(now, text) });
  }, [text]);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    editor.dispatch(
      setDiagnostics(
        editor.state,
        marks.map(({ from, to, severity, message, path, fix }) => ({
          from: Math.min(from, end),
          to: Math.min(to, end),
          severity,
          message: `${path && `${path}: `}${message}. ${fix}`,
        })),
      ),
    );
  }, [marks]);
  useEffect(() => {
    view.current?.dispatch({
      effects: compare.current.reconfigure(
        comparedWith === undefined
          ? []
          : unifiedMergeView({ original: comparedWith, mergeControls: false, gutter: true }),
      ),
    });
  }, [comparedWith]);

  return <div ref={host} className="min-h-80 overflow-hidden rounded-md border border-line-strong" />;
}
