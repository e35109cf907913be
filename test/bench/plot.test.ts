import { DOMParser } from '@xmldom/xmldom';
import { type Line, plot } from '../../bench/plot';

const lines: Line[] = [
  {
    title: 'slow & quadratic',
    look: 'red',
    points: [
      [100, 0.1],
      [1000, 10],
    ],
    predicted: [10_000, 1000],
  },
  {
    title: 'fast',
    look: 'blue',
    points: [
      [100, 0.01],
      [1000, 0.1],
      [10_000, 1],
    ],
  },
  { title: 'never run', look: 'grey', points: [] },
];

const parse = (svg: string) =>
  new DOMParser({
    onError: (_, message) => {
      throw new Error(message);
    },
  }).parseFromString(svg, 'image/svg+xml');
const texts = (svg: string) => [...parse(svg).getElementsByTagName('text')].map((node) => node.textContent);
const pointsOf = (svg: string, look: string) =>
  [...svg.matchAll(new RegExp(`<polyline class="line ${look}" points="(.*?)"`, 'g'))].map(([, points]) => points);

test('the plot is well-formed, with a title, both axes, and a label for each line that has points', () => {
  expect(texts(plot('Time', lines))).toEqual([
    'Time',
    '10 ms',
    '100 ms',
    '1 s',
    '10 s',
    '100 s',
    '1000 s',
    '100',
    '1,000',
    '10,000',
    'apps of 12 resources (logarithmic)',
    'seconds of a whole process (logarithmic)',
    'slow & quadratic (predicted)',
    'fast',
  ]);
});

test('a power is a straight line on logarithmic axes', () => {
  expect(pointsOf(plot('Time', lines), 'blue')).toEqual(['90,440 330,363.2 570,286.4']);
});

test('what was not run goes on with dots', () => {
  expect(pointsOf(plot('Time', lines), 'guess red')).toEqual(['330,209.6 570,56']);
});

test('a single size stands in the middle', () => {
  expect(pointsOf(plot('Time', [{ title: 'one', look: 'blue', points: [[100, 1]] }]), 'blue')).toEqual(['330,440']);
});

test('it has colours for light and for dark pages, and a paper that goes with them', () => {
  const svg = plot('Time', lines);
  expect(svg).toContain('@media(prefers-color-scheme:dark)');
  expect(svg).toContain('<rect class="paper"');
});
