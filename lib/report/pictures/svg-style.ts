import { sizes } from './layout/card';
import { colours } from './palette';

export const fonts = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
  mono: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
} as const;

/** The grounds and inks of both themes. */
export const themes = {
  light: {
    ground: '#f6f8fa',
    card: '#ffffff',
    ink: '#1f2328',
    soft: '#59636e',
    line: '#7d8590',
    frame: '#d1d9e0',
    bad: '#cf222e',
    warn: '#9a6700',
  },
  dark: {
    ground: '#0d1117',
    card: '#161b22',
    ink: '#e6edf3',
    soft: '#9198a1',
    line: '#7d8590',
    frame: '#30363d',
    bad: '#ff7b72',
    warn: '#d29922',
  },
} as const;

/** The variables of a theme. */
export function variables(theme: keyof typeof themes): string {
  const own = Object.entries(themes[theme]).map(([name, value]) => `--${name}:${value}`);
  const kinds = Object.entries(colours).map(
    ([kind, [light, dark]]) => `--k-${kind}:${theme === 'light' ? light : dark}`,
  );
  return [...own, ...kinds].join(';');
}

/** How the parts of a drawing look, in an SVG file and in the page. */
export const drawingStyle = `
.card rect.body { fill: var(--card); stroke: var(--k); stroke-width: 1.2 }
.card rect.bar { fill: var(--k) }
.card .sign { fill: none; stroke: var(--k); stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round }
.card text { fill: var(--ink) }
.card .caption { font: 600 ${sizes.caption}px ${fonts.sans}; fill: var(--k) }
.card .name { font: 600 ${sizes.name}px ${fonts.mono} }
.card .keys { font: ${sizes.keys}px ${fonts.mono}; fill: var(--soft) }
.card .detail { font: ${sizes.detail}px ${fonts.sans}; fill: var(--soft) }
.card.outside rect.body { stroke-dasharray: none; fill: var(--ground) }
.card.elsewhere rect.body { stroke-dasharray: 5 3 }
.card.missing rect.body { stroke: var(--bad); stroke-dasharray: 5 3 }
.card.missing .detail { fill: var(--bad) }
${Object.keys(colours)
  .map((kind) => `.k-${kind} { --k: var(--k-${kind}) }`)
  .join('\n')}
.edge path { fill: none; stroke: var(--line); stroke-width: 1.3 }
.edge.dashed path { stroke-dasharray: 5 4 }
.edge text { font: 10.5px ${fonts.sans}; fill: var(--soft); text-anchor: middle; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round }
.arrow { fill: var(--line) }
.frame rect { fill: none; stroke: var(--frame); stroke-width: 1.2 }
.frame text { font: 600 10.5px ${fonts.sans}; fill: var(--soft) }
.title { font: 600 13px ${fonts.sans}; fill: var(--soft) }
`;
