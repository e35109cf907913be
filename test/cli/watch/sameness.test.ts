import { Sameness } from '../../../lib/cli/watch/sameness';

const same = (one: unknown, other: unknown, options?: { byText: boolean }) => new Sameness().same(one, other, options);

describe('sameness', () => {
  test.each([
    [{ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: undefined }, {}, false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, false],
    [[1, 2], { 0: 1, 1: 2 }, false],
    [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]]), true],
    [new Map([['k', 1]]), new Map([['k', 2]]), false],
    [new Set(['k']), new Set(['l']), false],
    [new Date(1), new Date(1), true],
    [new Date(1), new Date(2), false],
    [/a/, /a/g, false],
    [Number.NaN, Number.NaN, true],
    [null, undefined, false],
    [Buffer.from('a'), Buffer.from('b'), false],
  ])('%p and %p: %p', (one, other, expected) => {
    expect(same(one, other)).toBe(expected);
  });

  test('functions are the same by identity, or by their text where that is asked for', () => {
    const make = (value: number) => () => value;
    expect(same({ f: make }, { f: make })).toBe(true);
    expect(same({ f: make(1) }, { f: make(2) })).toBe(false);
    expect(same({ f: make(1) }, { f: make(2) }, { byText: true })).toBe(true);
    expect(same({ f: () => 1 }, { f: () => 2 }, { byText: true })).toBe(false);
  });

  test('classes that were loaded again are the same by their text, those above them included', () => {
    const load = (base: string) => new Function(`class A { ${base} } class B extends A {} return new B();`)() as object;
    expect(same(load('x() {}'), load('x() {}'))).toBe(false);
    expect(same(load('x() {}'), load('x() {}'), { byText: true })).toBe(true);
    expect(same(load('x() {}'), load('y() {}'), { byText: true })).toBe(false);
  });

  test('circles end; what was one object and is two now is another thing', () => {
    const circle = () => {
      const one: { self?: unknown } = {};
      one.self = one;
      return one;
    };
    expect(same(circle(), circle())).toBe(true);
    const shared = { x: 1 };
    expect(same([shared, shared], [{ x: 1 }, { x: 1 }])).toBe(false);
  });

  test('a difference found once is found again, whatever was assumed on the way', () => {
    const sameness = new Sameness();
    const [old, now] = [{ deep: { x: 1 } }, { deep: { x: 2 } }];
    expect(sameness.same([old.deep, old], [now.deep, now])).toBe(false);
    expect(sameness.same(old, now)).toBe(false);
    expect(sameness.same(old.deep, now.deep)).toBe(false);
  });

  test('what was found the same is not looked at again: a thousand parts with the same handles take no longer than one', () => {
    let looks = 0;
    const handle = () =>
      new Proxy(
        { x: 1 },
        {
          ownKeys: (target) => {
            looks++;
            return Reflect.ownKeys(target);
          },
        },
      );
    const [old, now] = [handle(), handle()];
    const sameness = new Sameness();
    for (let i = 0; i < 1000; i++) expect(sameness.same({ old }, { old: now })).toBe(true);
    expect(looks).toBe(2);
  });
});
