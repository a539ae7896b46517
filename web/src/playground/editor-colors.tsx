/** @jsxImportSource react */

import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';
import { hex, siteColor } from './site-colors';

const themes = [
  ['graphiql-LIGHT', 'vs', 'light'],
  ['graphiql-DARK', 'vs-dark', 'dark'],
] as const;

// Replaces the colors of GraphiQL's two themes for its editors with the site's.
export function EditorColors(): null {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    for (const [name, base, scheme] of themes) {
      const of = (color: string) => hex(siteColor(color, scheme));
      const [accent, quiet, surface, argument] = [of('accent'), of('quiet'), of('card'), of('left')];
      const paint = (color: string, parts: string) => Object.fromEntries(parts.split(' ').map((part) => [part, color]));
      monaco?.editor.defineTheme(name, {
        base,
        inherit: true,
        rules: [
          { token: 'argument.identifier.gql', foreground: argument.slice(1) },
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
