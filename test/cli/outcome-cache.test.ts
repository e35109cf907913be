import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cache } from '../../lib/cli/outcome-cache';
import type { Outcome } from '../../lib/constructs/output';
import { temporaryFolder } from '../repository';

const folder = temporaryFolder();
const outcome: Outcome = { result: undefined, policies: [{ path: 'a.hcl', madeBy: 'A', text: 'a' }] };
const name = (i: number) => String(i).padStart(64, '0');
const key = (i: number) => ({ hash: name(i), tags: '' });

test('what one run keeps the next takes, and of another tree nothing', () => {
  const place = join(folder, 'keeps', 'cache');
  new Cache(place).set(key(1), outcome);
  expect(new Cache(place).get(key(1))).toEqual(outcome);
  expect(new Cache(place).get(key(2))).toBeUndefined();
  expect(readdirSync(place)).toEqual([`${name(1)}.json`]);
});

test('a file that is cut short or that somebody changed counts as none, and is replaced', () => {
  const place = join(folder, 'broken');
  const cache = new Cache(place);
  cache.set(key(1), outcome);
  const file = join(place, `${name(1)}.json`);
  const whole = readFileSync(file, 'utf8');
  for (const text of [
    '',
    whole.slice(0, 40),
    whole.slice(0, -2),
    whole.replace('a.hcl', 'b.hcl'),
    '\u0000'.repeat(100),
  ]) {
    writeFileSync(file, text);
    expect(cache.get(key(1))).toBeUndefined();
  }
  cache.set(key(1), outcome);
  expect(cache.get(key(1))).toEqual(outcome);
});

test('twenty are kept, those that were written last', () => {
  const place = join(folder, 'many');
  const cache = new Cache(place);
  for (let i = 0; i < 20; i += 1) {
    cache.set(key(i), outcome);
    utimesSync(join(place, `${name(i)}.json`), 1000 + i, 1000 + i);
  }
  // What a killed run left is as old as it is.
  writeFileSync(join(place, `${name(99)}.123`), 'half');
  utimesSync(join(place, `${name(99)}.123`), 1, 1);
  cache.set(key(20), outcome);
  const left = readdirSync(place).map((name) => name.replace(/^0+(?=\d)/, ''));
  expect(left.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual(
    Array.from({ length: 20 }, (_, i) => `${i + 1}.json`),
  );
});

test('thousands of findings are not kept', () => {
  const place = join(folder, 'large');
  const text = 'a'.repeat(5_000_000);
  new Cache(place).set(key(1), { ...outcome, policies: [{ path: 'a.hcl', madeBy: 'A', text }] });
  expect(statSync(place, { throwIfNoEntry: false })).toBeUndefined();
});

test('where nothing can be written, nothing is kept and nothing goes wrong', () => {
  const place = join(folder, 'file');
  writeFileSync(place, '');
  const cache = new Cache(join(place, 'cache'));
  cache.set(key(1), outcome);
  expect(cache.get(key(1))).toBeUndefined();
});

test('a project keeps them where its packages are; one without packages keeps none', () => {
  const project = join(folder, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  mkdirSync(join(project, 'clusters', 'home'), { recursive: true });
  Cache.ofProject(join(project, 'clusters', 'home', 'main.ts'))?.set(key(1), outcome);
  expect(readdirSync(join(project, 'node_modules', '.cache', 'cdk8s-espalier'))).toEqual([`${name(1)}.json`]);
  expect(Cache.ofProject('/main.ts')).toBeUndefined();
  // What is no folder is passed over: a link to itself, a file.
  symlinkSync('node_modules', join(project, 'clusters', 'node_modules'));
  writeFileSync(join(project, 'clusters', 'home', 'node_modules'), '');
  expect(Cache.ofProject(join(project, 'clusters', 'home', 'main.ts'))?.get(key(1))).toEqual(outcome);
});
