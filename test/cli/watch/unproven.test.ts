import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alone } from '../../../lib/cli/watch/answer';
import { Unproven } from '../../../lib/cli/watch/unproven';
import { ownershipFile, writeTree } from '../../../lib/tree';
import { temporaryFolder } from '../../repository';

const root = temporaryFolder();
const tree = (level: string) =>
  new Map([
    ['blog.yaml', 'blog\n'],
    ['shop.yaml', `${level}\n`],
  ]);

/** Output folders that hold the same tree. */
function folders(...names: readonly string[]): readonly string[] {
  const all = names.map((name) => join(root, name));
  for (const folder of all) writeTree(tree('info'), folder);
  return all;
}

/** A change of one part in each of the folders. */
const change = (outdirs: readonly string[], before: string, after: string): Alone => ({
  kind: 'alone',
  parts: ['shop'],
  folders: outdirs.map((outdir) => ({
    outdir,
    changes: [{ path: 'shop.yaml', before: `${before}\n`, after: `${after}\n` }],
  })),
  said: '',
});

const shopIn = (folder: string) => readFileSync(join(folder, 'shop.yaml'), 'utf8');

test('what was written of one folder before another could not be is put back, too', () => {
  const [one, two] = folders('one', 'two') as [string, string];
  const unproven = new Unproven();
  writeFileSync(join(two, ownershipFile), '');
  expect(unproven.write(change([one, two], 'info', 'debug'))).toEqual({
    impossible: '.espalier.sha256 is not of a whole tree',
  });
  expect(shopIn(one)).toBe('debug\n');
  expect(unproven.parts).toEqual(['shop']);
  expect(unproven.putBack()).toMatchObject([{ changed: [{ path: 'shop.yaml' }] }]);
  expect(shopIn(one)).toBe('info\n');
  expect(unproven.parts).toEqual([]);
});

test('nothing is put back over a tree that somebody else has written since, nor anything more written to it', () => {
  const [folder] = folders('three') as [string];
  const unproven = new Unproven();
  unproven.write(change([folder], 'info', 'debug'));
  // A run by hand, of another main.ts, that leaves this file as it is.
  const whole = new Map([...tree('debug'), ['news.yaml', 'news\n']]);
  writeTree(whole, folder);
  const impossible = { impossible: '.espalier.sha256 is not as it was left' };
  expect(unproven.write(change([folder], 'debug', 'warn'))).toEqual(impossible);
  expect(unproven.putBack()).toEqual(impossible);
  expect(writeTree(whole, folder).written).toBe(false);
});
