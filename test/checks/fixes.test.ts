import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Fixable } from '../../lib/checks/fixes';
import { isCleaner } from '../../lib/checks/fixes';
import { temporaryFolder } from '../repository';
import { FixTrees, fixable } from './fix-trees';

const trees = new FixTrees(temporaryFolder());
beforeAll(() => trees.copy());

/** What a fix does to the lines of its files: `- old` and `+ new`. */
function difference(finding: Fixable, tree: string): string[] {
  return [...trees.fixed(finding)].flatMap(([path, bytes]) => {
    const [from, to] = [readFileSync(path, 'utf8').split('\n'), Buffer.from(bytes).toString('utf8').split('\n')];
    const left = [...from];
    const added = to.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    return [
      `  ${relative(join(trees.folder, tree), path)}`,
      ...left.map((line) => `  - ${line}`),
      ...added.map((line) => `  + ${line}`),
    ];
  });
}

/** What the fixes of all rules do in their trees, as it was read by a person. */
const expected = join(__dirname, 'fixes.txt');
const told = new Map<string, string>();

describe.each(fixable)('$id', ({ id, trees: flagged }) => {
  it('is gone after its fix, and nothing else is found', () => {
    const lines: string[] = [];
    let cleaner = 0;
    for (const name of flagged) {
      const tree = join(id, name);
      const before = trees.look(tree);
      for (const finding of trees.fixesIn(before, id)) {
        const isBetter = isCleaner(before, trees.look(tree, trees.fixed(finding)), [finding]);
        if (isBetter) cleaner += 1;
        lines.push(
          `${name}: ${finding.fix.title}${isBetter ? '' : ' (check --fix leaves it: something else is found then)'}`,
        );
        lines.push(...difference(finding, tree));
      }
    }
    told.set(id, `${id}\n${lines.join('\n')}\n`);
    expect(cleaner).toBeGreaterThan(0);
  });
});

it('does to all trees what fixes.txt says', () => {
  const text = [...told.values()].join('\n');
  // Written where a change is meant, to be read before it is committed.
  if (process.env.ESPALIER_EXPECT === 'write') writeFileSync(expected, text);
  expect(text).toBe(readFileSync(expected, 'utf8'));
});
