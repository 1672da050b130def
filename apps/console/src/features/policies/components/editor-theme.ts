import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor in the console's own colours, of both themes: every colour is a token. */
export const editorTheme = [
  EditorView.theme({
    "&": { backgroundColor: "var(--surface)", color: "var(--text)", fontSize: "0.8125rem" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-1px" },
    ".cm-scroller": { fontFamily: "var(--font-geist-mono), ui-monospace, monospace", lineHeight: "1.5" },
    ".cm-content": { caretColor: "var(--text)", padding: "8px 0" },
    ".cm-content, .cm-gutter": { minHeight: "20rem" },
    ".cm-cursor": { borderLeftColor: "var(--text)" },
    ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--text-faint)", border: "none" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "var(--accent-soft)",
    },
    ".cm-tooltip": {
      backgroundColor: "var(--surface)",
      color: "var(--text)",
      border: "1px solid var(--line)",
      borderRadius: "var(--radius)",
      boxShadow: "var(--float)",
    },
    ".cm-tooltip-autocomplete ul li[aria-selected]": {
      backgroundColor: "var(--accent-soft)",
      color: "var(--text)",
    },
    ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)" },
    ".cm-changedLine": { backgroundColor: "var(--ok-soft) !important" },
    ".cm-deletedChunk": { backgroundColor: "var(--failing-soft) !important" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
      { tag: [tags.string, tags.special(tags.string)], color: "var(--ok)" },
      { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--enforce)" },
      { tag: tags.comment, color: "var(--text-faint)" },
      { tag: [tags.punctuation, tags.separator, tags.meta], color: "var(--text-muted)" },
    ]),
  ),
];
