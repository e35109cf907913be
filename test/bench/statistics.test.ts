import { exponent, median, predict, ratio, spread } from '../../bench/statistics';

test('the median is the middle value, or the mean of the two in the middle, and does not mind one disturbance', () => {
  expect([median([3]), median([5, 1, 3]), median([1, 2, 3, 10]), median([1, 1, 900])]).toEqual([3, 3, 2.5, 1]);
});

test('there is no median of nothing', () => {
  expect(() => median([])).toThrow('there is no median of nothing');
});

test('a spread goes from the least to the greatest value', () => {
  expect(spread([4, 1, 2])).toEqual({ median: 2, min: 1, max: 4 });
});

test('ratios are taken round by round, so that a slow round counts for both', () => {
  expect(ratio([10, 100, 10], [5, 50, 5])).toBe(2);
  expect(ratio([10, 100], [5, 50, 5])).toBe(2);
  expect(median([10, 100]) / median([5, 50, 5])).toBe(11);
});

test('the exponent is 1 for what is linear, 2 for what is quadratic, 0 for what does not grow', () => {
  const sizes = [100, 1000, 5000];
  const of = (value: (size: number) => number) => exponent(sizes.map((size) => [size, value(size)]));
  expect(of((n) => 3 * n)).toBeCloseTo(1, 10);
  expect(of((n) => 0.5 * n ** 2)).toBeCloseTo(2, 10);
  expect(of(() => 7)).toBeCloseTo(0, 10);
});

test('the exponent is that of the best line through the logarithms', () => {
  // Logarithms: (0, 0), (1, 1), (2, 1): the slope is 1/2.
  expect(
    exponent([
      [1, 1],
      [10, 10],
      [100, 10],
    ]),
  ).toBeCloseTo(0.5, 10);
});

test('an exponent of one size is refused', () => {
  expect(() => exponent([[100, 1]])).toThrow('an exponent needs two sizes, and values above zero');
});

test('what is quadratic is predicted to take a hundred times as long for ten times the size', () => {
  expect(
    predict(
      [
        [100, 0.2],
        [1000, 20],
      ],
      10_000,
    ),
  ).toBeCloseTo(2000, 6);
});
