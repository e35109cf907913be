import { decadesAround, logScale, spreadOut, ticks } from './scale';
import type { Point } from './statistics';

/** One line of the plot. */
export interface Line {
  readonly title: string;
  /** One of the classes of the style below. */
  readonly look: Look;
  /** Size and seconds, the smallest size first. */
  readonly points: readonly Point[];
  /** Where it would go on: drawn with dots. */
  readonly predicted?: Point;
}

export type Look = 'blue' | 'green' | 'purple' | 'red' | 'orange' | 'teal' | 'grey' | 'faint';

const width = 930;
const height = 500;
const frame = { left: 70, right: 590, top: 56, bottom: 440 };

/** Seconds over sizes, both logarithmic: a straight line is a power, and the steeper one loses. Reads well on light and dark. */
export function plot(title: string, lines: readonly Line[]): string {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points, predicted }) => [...points, ...(predicted ? [predicted] : [])]);
  const sizes = [...new Set(all.map(([size]) => size))].sort((a, b) => a - b);
  const range = decadesAround(all.map(([, seconds]) => seconds));
  const [least = 1, most = least] = [sizes[0], sizes.at(-1)];
  // A single size stands in the middle.
  const x = logScale(most > least ? [least, most] : [least / 2, least * 2], [frame.left + 20, frame.right - 20]);
  const y = logScale(range, [frame.bottom, frame.top]);
  const at = ([size, seconds]: Point) => `${round(x(size))},${round(y(seconds))}`;
  const ends = drawn.map(({ points, predicted }) => predicted ?? (points.at(-1) as Point));
  const labels = spreadOut(
    ends.map(([, seconds]) => y(seconds)),
    17,
    [frame.top, frame.bottom],
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}</title>`,
    style,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    text(frame.left, 30, title, 'class="title"'),
    ...ticks(range).flatMap((value) => horizontal(value, y(value))),
    ...sizes.flatMap((size) => vertical(size, x(size))),
    text(
      (frame.left + frame.right) / 2,
      frame.bottom + 42,
      'apps of 12 resources (logarithmic)',
      'class="axis" text-anchor="middle"',
    ),
    `<text class="axis" text-anchor="middle" transform="translate(20 ${(frame.top + frame.bottom) / 2}) rotate(-90)">seconds of a whole process (logarithmic)</text>`,
    ...drawn.flatMap(({ look, points, predicted, title }, index) => {
      const last = points.at(-1) as Point;
      const end = ends[index] as Point;
      const label = labels[index] as number;
      return [
        `<polyline class="line ${look}" points="${points.map(at).join(' ')}"/>`,
        ...points.map(
          (point) => `<circle class="dot ${look}" cx="${round(x(point[0]))}" cy="${round(y(point[1]))}" r="3.5"/>`,
        ),
        ...(predicted ? [`<polyline class="line guess ${look}" points="${at(last)} ${at(predicted)}"/>`] : []),
        `<polyline class="leader ${look}" points="${at(end)} ${frame.right + 6},${round(label)}"/>`,
        text(frame.right + 10, label + 4, predicted ? `${title} (predicted)` : title, `class="label ${look}"`),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

function horizontal(value: number, y: number): string[] {
  const isDecade = /^1e|^1$|^10+$|^0\.0*1$/.test(String(value));
  const label = value < 1 ? `${Number((value * 1000).toPrecision(3))} ms` : `${value} s`;
  return [
    `<line class="grid${isDecade ? ' decade' : ''}" x1="${frame.left}" x2="${frame.right}" y1="${round(y)}" y2="${round(y)}"/>`,
    ...(isDecade ? [text(frame.left - 8, y + 4, label, 'class="tick" text-anchor="end"')] : []),
  ];
}

function vertical(size: number, x: number): string[] {
  return [
    `<line class="grid decade" x1="${round(x)}" x2="${round(x)}" y1="${frame.top}" y2="${frame.bottom}"/>`,
    text(x, frame.bottom + 20, size.toLocaleString('en'), 'class="tick" text-anchor="middle"'),
  ];
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

const round = (value: number) => Number(value.toFixed(1));

const escaped = (content: string) => content.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** Colours that can be told apart on white and on nearly black; the paper goes with them, whatever page the picture stands on. */
const colours: Readonly<Record<Look, readonly [light: string, dark: string]>> = {
  blue: ['#0969da', '#58a6ff'],
  green: ['#1a7f37', '#56d364'],
  purple: ['#8250df', '#d2a8ff'],
  red: ['#cf222e', '#ff7b72'],
  orange: ['#bc4c00', '#f0883e'],
  teal: ['#1b7c83', '#39c5cf'],
  grey: ['#57606a', '#9ea7b3'],
  faint: ['#818b98', '#7d8590'],
};

const looks = (theme: 0 | 1) =>
  Object.entries(colours)
    .map(([name, pair]) => `.${name}{stroke:${pair[theme]};fill:${pair[theme]}}`)
    .join('');

const style = `<style>
text{font-family:-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif;font-size:12px;stroke:none!important}
${looks(0)}
.line,.leader{fill:none!important}.line{stroke-width:2}.leader{stroke-width:1;opacity:.5}.guess{stroke-dasharray:2 4}
.title{font-size:15px;font-weight:600}.paper{fill:#fff;stroke:#d0d7de}.title,.axis{fill:#1f2328}.tick{fill:#57606a}
.grid{stroke:#eaeef2}.decade{stroke:#d0d7de}
@media(prefers-color-scheme:dark){${looks(1)}
.paper{fill:#0d1117;stroke:#30363d}.title,.axis{fill:#e6edf3}.tick{fill:#9ea7b3}.grid{stroke:#161b22}.decade{stroke:#30363d}}
</style>`;
