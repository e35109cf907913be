import { decadesAround, logScale, spreadOut, ticks } from '../../bench/scale';

test('equal factors are equal distances', () => {
  const x = logScale([1, 100], [0, 200]);
  expect([1, 10, 100].map((value) => Number(x(value).toFixed(9)))).toEqual([0, 100, 200]);
});

test('an axis may run downwards, as that of a picture does', () => {
  const y = logScale([0.1, 10], [400, 0]);
  expect([0.1, 1, 10].map((value) => Number(y(value).toFixed(9)))).toEqual([400, 200, 0]);
});

test('an axis goes from a power of ten to a power of ten', () => {
  expect(decadesAround([0.12, 17.2])).toEqual([0.1, 100]);
  expect(decadesAround([1, 10])).toEqual([1, 10]);
  expect(decadesAround([10])).toEqual([10, 100]);
});

test('ticks are 1, 2 and 5 times the powers of ten, as decimal numbers', () => {
  expect(ticks([0.01, 1])).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
});

test('labels that would overlap are moved apart, in their order, and stay within the frame', () => {
  expect(spreadOut([10, 12, 80], 17, [0, 100])).toEqual([10, 27, 80]);
  expect(spreadOut([95, 90, 10], 10, [0, 100])).toEqual([100, 90, 10]);
  expect(spreadOut([99, 100], 10, [0, 100])).toEqual([90, 100]);
});
