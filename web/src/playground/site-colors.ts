// The colors of theme.css for GraphiQL and its editors, which need them in other forms.

export type Scheme = 'light' | 'dark';

// Returns a color of the site as its red, green and blue, from 0 to 255.
export function siteColor(name: string, scheme: Scheme): [number, number, number] {
  const probe = document.createElement('span');
  probe.style.colorScheme = scheme;
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const [red = 0, green = 0, blue = 0] = getComputedStyle(probe).color.match(/\d+/g)?.map(Number) ?? [];
  probe.remove();
  return [red, green, blue];
}

export const hex = (color: number[]): string => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

// Returns "263, 69%, 42%": GraphiQL composes its colors of hue, saturation and lightness.
export function triplet(color: [number, number, number]): string {
  const [red, green, blue] = color.map((part) => part / 255) as [number, number, number];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [range, lightness] = [most - least, (most + least) / 2];
  const hue =
    range === 0
      ? 0
      : most === red
        ? ((green - blue) / range + 6) % 6
        : most === green
          ? (blue - red) / range + 2
          : (red - green) / range + 4;
  const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * lightness - 1));
  return `${Math.round(hue * 60)}, ${Math.round(saturation * 100)}%, ${Math.round(lightness * 100)}%`;
}

const names: Record<string, string> = {
  primary: 'accent',
  secondary: 'left',
  tertiary: 'right',
  info: 'left',
  warning: 'right',
  error: 'warn',
  neutral: 'ink',
  base: 'card',
};

const parts =
  ':is(.graphiql-container, .graphiql-dialog, .graphiql-dialog-overlay, .graphiql-tooltip, [data-radix-popper-content-wrapper])';

// Paints GraphiQL in the site's colors. A theme selected in GraphiQL overrides the system's.
export function paintPlayground(): void {
  const rule = (body: string, scheme: Scheme) => {
    const colors = Object.entries(names).map(([own, name]) => `--color-${own}: ${triplet(siteColor(name, scheme))};`);
    return `${body} ${parts} { ${colors.join(' ')} }`;
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `${rule('body', 'light')}
    @media (prefers-color-scheme: dark) { ${rule('body:not(.graphiql-light)', 'dark')} }
    ${rule('body.graphiql-dark', 'dark')}`,
  );
  document.adoptedStyleSheets.push(sheet);
}
