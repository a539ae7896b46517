/** @jsxImportSource react */

import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

const themes = {
  'graphiql-LIGHT': { base: 'vs', accent: '#5b21b6', quiet: '#575962', surface: '#ffffff', argument: '0b5cad' },
  'graphiql-DARK': { base: 'vs-dark', accent: '#c4a7ff', quiet: '#b4b6bf', surface: '#1c1f25', argument: '7db8f7' },
} as const;

// Replaces the colors of GraphiQL's two themes for its editors with the site's.
export function EditorColors(): null {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    for (const [name, { base, accent, quiet, surface, argument }] of Object.entries(themes)) {
      const paint = (color: string, parts: string) => Object.fromEntries(parts.split(' ').map((part) => [part, color]));
      monaco?.editor.defineTheme(name, {
        base,
        inherit: true,
        rules: [
          { token: 'argument.identifier.gql', foreground: argument },
          { token: 'comment', foreground: quiet.slice(1) },
        ],
        colors: {
          ...paint('#00000000', 'editor.background scrollbar.shadow'),
          ...paint(quiet, 'editorLineNumber.foreground'),
          ...paint(
            surface,
            'editorHoverWidget.background menu.background editorSuggestWidget.background quickInput.background editorWidget.background',
          ),
          ...paint(
            accent,
            'focusBorder textLink.foreground textLink.activeForeground editorLink.activeForeground list.highlightForeground list.focusHighlightForeground editorSuggestWidget.selectedForeground menu.selectionForeground pickerGroup.foreground editorWidget.resizeBorder',
          ),
          ...paint(
            `${accent}22`,
            'list.hoverBackground editorSuggestWidget.selectedBackground menu.selectionBackground toolbar.hoverBackground inputOption.hoverBackground quickInputList.focusBackground',
          ),
        },
      });
    }
  }, [monaco]);
  return null;
}
