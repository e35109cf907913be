import { Endless, endsWithin } from '../../lib/checks/ends-within';

describe('endsWithin', () => {
  it('lets what ends in time have its way, what it throws included', () => {
    const seen: number[] = [];
    endsWithin(10_000, () => seen.push(1));
    expect(seen).toEqual([1]);
    const thrown = new TypeError('x');
    const caught = () => {
      try {
        endsWithin(10_000, () => {
          throw thrown;
        });
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(caught() === thrown).toBe(true);
  });

  it.each([
    [
      'loops',
      () => {
        for (;;);
      },
    ],
    ['searches with an expression that takes for ever', () => /^(a+)+$/.test(`${'a'.repeat(60)}b`)],
  ])('stops what %s', (_, run) => {
    expect(() => endsWithin(100, run)).toThrow(
      new Endless('it does not come to an end: it was stopped after 0.1 seconds'),
    );
  });
});
