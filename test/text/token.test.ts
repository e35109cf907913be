import { tokenEnd } from '../../lib/text/token';

test.each([
  ['name: ${APP}', '${APP}'],
  ['name: ${CLAIM:-${APP}}-data # of the app', '${CLAIM:-${APP}}-data'],
  ['{ name: ${APP}, key: user }', '${APP}'],
  ['{ name: db, key: user }', 'db'],
  ['secretKeyRef: { name: db, key: user }', 'db'],
  ['name: "a } b"', '"a } b"'],
  ['name: db', 'db'],
])('in %s the value is %s', (line, value) => {
  const from = line.indexOf('name: ') + 'name: '.length;
  expect(line.slice(from, tokenEnd(line, from))).toBe(value);
});
