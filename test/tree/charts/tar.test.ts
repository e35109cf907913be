import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Header, Parser, Pax } from 'tar';
import { readTar, writeTar } from '../../../lib/tree/charts/tar';
import { has, run } from '../../repository';
import { temporaryFolder } from '../folder';

type Files = Record<string, string>;

const read = (tar: Buffer): Files =>
  Object.fromEntries(
    [...readTar(tar)].filter(({ isFile }) => isFile).map(({ path, content }) => [path, String(content)]),
  );
const written = (files: Files) =>
  writeTar(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const));

/** What npm's own reader finds. */
function readByNpm(tar: Buffer): Files {
  const files: Files = {};
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      let text = '';
      entry.on('data', (part: Buffer) => {
        text += part.toString('latin1');
      });
      entry.on('end', () => {
        files[entry.path] = Buffer.from(text, 'latin1').toString();
      });
    },
  });
  parser.end(tar);
  return files;
}

const name = fc.stringMatching(/^[a-zé漢][a-z0-9._-]{0,40}$/u);
const path = fc.array(name, { minLength: 1, maxLength: 8 }).map((parts) => `web/${parts.join('/')}`);
const files = fc.dictionary(path, fc.string({ unit: 'grapheme', maxLength: 1200 }), {
  minKeys: 1,
  maxKeys: 5,
  noNullPrototype: true,
});

test('what is written is read again, here and by npm', () => {
  fc.assert(
    fc.property(files, (all) => {
      const tar = written(all);
      expect(read(tar)).toEqual(all);
      expect(readByNpm(tar)).toEqual(all);
    }),
  );
});

test('what npm writes is read', () => {
  fc.assert(
    fc.property(files, (all) => {
      const parts = Object.entries(all).flatMap(([path, text]) => {
        const content = Buffer.from(text);
        const facts = { path, size: content.length, mtime: new Date(0) };
        const header = new Header({ ...facts, type: 'File', mode: 0o644 });
        const extended = header.encode() ? [new Pax(facts).encode()] : [];
        return [...extended, header.block as Buffer, content, Buffer.alloc(-content.length & 511)];
      });
      expect(read(Buffer.concat([...parts, Buffer.alloc(1024)]))).toEqual(all);
    }),
  );
});

const formats = ['ustar', 'pax', 'gnu', 'v7', 'oldgnu'];
const gnu = has('tar') && run('tar', ['--version']).stdout.includes('GNU tar');
(gnu ? test.each(formats) : test.skip.each(formats))('what GNU tar writes as %s is read', (format) => {
  const folder = temporaryFolder();
  const deep = `web/templates/${'a'.repeat(80)}/${'b'.repeat(60)}.yaml`;
  const all = {
    'web/Chart.yaml': 'name: web\n',
    'web/empty': '',
    [format === 'v7' ? 'web/short' : deep]: 'x'.repeat(2000),
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { code } = run('tar', [`--format=${format}`, '-cf', join(folder, 'web.tar'), 'web'], { cwd: folder });
  expect(code).toBe(0);
  expect(read(readFileSync(join(folder, 'web.tar')))).toEqual(all);
});

test('whatever it is given, it ends', () => {
  const tar = written({ 'web/Chart.yaml': 'name: web\n', [`web/${'long/'.repeat(40)}a`]: 'x' });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { maxLength: 20 }),
      fc.nat(tar.length),
      (changes, length) => {
        const changed = Buffer.from(tar.subarray(0, length));
        for (const [at, byte] of changes) if (at < changed.length) changed[at] = byte;
        try {
          expect([...readTar(changed)].length).toBeLessThan(20);
        } catch (error) {
          expect((error as Error).message).toMatch(/^its archive /);
        }
      },
    ),
  );
});
