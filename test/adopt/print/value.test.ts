import { printValue } from '../../../lib/adopt/print/value';

test('a field of any name is the object’s own', () => {
  const value = JSON.parse('{ "__proto__": { "a": 1 }, "b-c": 2, "d": 3 }');
  const made = new Function(`return ${printValue(value, '', 0, () => '')};`)();
  expect(JSON.stringify(made)).toBe(JSON.stringify(value));
});
