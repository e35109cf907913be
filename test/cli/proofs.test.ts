import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Proofs } from '../../lib/cli/proofs';
import type { Consequences } from '../../lib/report/output';
import { temporaryFolder } from '../repository';

const folder = temporaryFolder();
const consequences: Consequences = { result: undefined, policies: [{ path: 'a.hcl', madeBy: 'A', text: 'a' }] };
const name = (i: number) => String(i).padStart(64, '0');
const key = (i: number) => ({ premises: name(i), tags: '' });

test('what one run keeps the next takes, and of another tree nothing', () => {
  const place = join(folder, 'keeps', 'proofs');
  new Proofs(place).keep(key(1), consequences);
  expect(new Proofs(place).take(key(1))).toEqual(consequences);
  expect(new Proofs(place).take(key(2))).toBeUndefined();
  expect(readdirSync(place)).toEqual([`${name(1)}.json`]);
});

test('a file that is cut short or that somebody changed counts as none, and is replaced', () => {
  const place = join(folder, 'broken');
  const proofs = new Proofs(place);
  proofs.keep(key(1), consequences);
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
    expect(proofs.take(key(1))).toBeUndefined();
  }
  proofs.keep(key(1), consequences);
  expect(proofs.take(key(1))).toEqual(consequences);
});

test('twenty are kept, those that were used last', () => {
  const place = join(folder, 'many');
  const proofs = new Proofs(place);
  for (let i = 0; i < 20; i += 1) {
    proofs.keep(key(i), consequences);
    utimesSync(join(place, `${name(i)}.json`), 1000 + i, 1000 + i);
  }
  // What a killed run left is as old as it is.
  writeFileSync(join(place, `${name(99)}.123`), 'half');
  utimesSync(join(place, `${name(99)}.123`), 1, 1);
  proofs.take(key(0));
  proofs.keep(key(20), consequences);
  const left = readdirSync(place).map((name) => name.replace(/^0+(?=\d)/, ''));
  expect(left.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual(
    [0, ...Array.from({ length: 19 }, (_, i) => i + 2)].map((i) => `${i}.json`),
  );
});

test('a proof of thousands of findings is not kept', () => {
  const place = join(folder, 'large');
  const text = 'a'.repeat(5_000_000);
  new Proofs(place).keep(key(1), { ...consequences, policies: [{ path: 'a.hcl', madeBy: 'A', text }] });
  expect(statSync(place, { throwIfNoEntry: false })).toBeUndefined();
});

test('where nothing can be written, nothing is kept and nothing goes wrong', () => {
  const place = join(folder, 'file');
  writeFileSync(place, '');
  const proofs = new Proofs(join(place, 'proofs'));
  proofs.keep(key(1), consequences);
  expect(proofs.take(key(1))).toBeUndefined();
});

test('a project keeps them where its packages are; one without packages keeps none', () => {
  const project = join(folder, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  mkdirSync(join(project, 'clusters', 'home'), { recursive: true });
  Proofs.besides(join(project, 'clusters', 'home', 'main.ts'))?.keep(key(1), consequences);
  expect(readdirSync(join(project, 'node_modules', '.cache', 'cdk8s-espalier'))).toEqual([`${name(1)}.json`]);
  expect(Proofs.besides('/main.ts')).toBeUndefined();
  // What is no folder is passed over: a link to itself, a file.
  symlinkSync('node_modules', join(project, 'clusters', 'node_modules'));
  writeFileSync(join(project, 'clusters', 'home', 'node_modules'), '');
  expect(Proofs.besides(join(project, 'clusters', 'home', 'main.ts'))?.take(key(1))).toEqual(consequences);
});
