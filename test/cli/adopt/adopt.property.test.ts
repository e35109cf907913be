import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { espalier } from '../../repository';
import { mutateText, type TextMutation, textChanges } from '../../robust/mutate-text';
import { mutateValues, type ValueMutation, valueChanges } from '../../robust/mutate-values';
import { mutationOf } from '../../robust/mutation';
import { committedTrees } from '../../robust/seeds';
import type { Texts } from '../../tree/kustomize/memory';
import { snapshot, write } from './repository';

const trees = committedTrees();
const tree = fc.constantFrom(...trees.keys());
const values = fc.array(mutationOf<ValueMutation['change']>(valueChanges), { maxLength: 4 });
const text = fc.array(mutationOf<TextMutation['change']>(textChanges), { maxLength: 2 });

/** Adopts a tree: it is code that makes the same, or nothing is written and one message says why. */
async function adoptsOrRefuses(texts: Texts, isTidy: boolean): Promise<'adopted' | 'refused'> {
  const top = mkdtempSync(join(tmpdir(), 'espalier-any-'));
  const [before, cwd] = [join(top, 'before'), join(top, 'tree')];
  try {
    write(cwd, texts);
    cpSync(cwd, before, { recursive: true });
    const { code, stdout, stderr } = await espalier(['adopt', '.', ...(isTidy ? ['--tidy'] : [])], { cwd });
    if (code !== 0) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: /);
      expect(stderr).not.toMatch(/--trace|Please report/);
      expect(snapshot(cwd)).toEqual(snapshot(before));
      return 'refused';
    }
    expect(await espalier(['synth', '--check'], { cwd })).toMatchObject({ code: 0 });
    const { stdout: diff } = await espalier(['diff', '../before/', './', '--format', 'json'], { cwd });
    const types = JSON.parse(diff).clusters.flatMap(({ changes }: { changes: { type: string }[] }) =>
      changes.map(({ type }) => type),
    );
    expect(new Set(types)).toEqual(new Set(isTidy && types.length > 0 ? ['moved'] : []));
    return 'adopted';
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

test('any tree of the fixtures, and what becomes of it by accident', async () => {
  const outcomes: string[] = [];
  // Each runs four commands: a third of what other properties try.
  const numRuns = Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) / 3);
  await fc.assert(
    fc.asyncProperty(tree, values, text, fc.boolean(), async (name, first, then, isTidy) => {
      outcomes.push(await adoptsOrRefuses(mutateText(mutateValues(trees.get(name) ?? {}, first), then), isTidy));
    }),
    { numRuns },
  );
  expect(outcomes).toContain('adopted');
}, 600_000);
