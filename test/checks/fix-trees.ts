import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Result } from '../../lib/checks/finding';
import { editsOf, type Fixable, withEdits } from '../../lib/checks/fixes';
import { rules } from '../../lib/checks/rules';
import type { ParseHcl } from '../../lib/systems/vault/hcl';
import { loadHcl } from '../../lib/tree/hcl';
import { makeBuild } from '../../lib/tree/kustomize';
import { readFolder } from '../../lib/tree/source';
import { repository } from '../repository';
import { checkTree } from './check-tree';

const fixtures = join(repository, 'test', 'checks', 'rules');

/** The rules whose findings may have a fix, and the trees that each flags. */
export const fixable = rules.flatMap(({ id, fixes }) => {
  const folder = join(fixtures, id);
  if (fixes === undefined || !existsSync(folder)) return [];
  const trees = readdirSync(folder).filter((name) => /^flagged[\w-]*$/.test(name));
  return [{ id, trees: trees.filter((name) => !existsSync(join(folder, `${name}.charts.yaml`))) }];
});

export type Texts = ReadonlyMap<string, Uint8Array>;

/** The fixtures in a folder outside of the checkout, so that Git is not asked for the files of each tree. */
export class FixTrees {
  private hcl: ParseHcl | undefined;

  constructor(readonly folder: string) {}

  async copy(): Promise<void> {
    cpSync(fixtures, this.folder, { recursive: true });
    this.hcl = await loadHcl();
  }

  /** What is found in a tree with other texts. */
  look(tree: string, texts: Texts = new Map()): Result {
    const source = readFolder(join(this.folder, tree), '', texts);
    return checkTree(source, makeBuild(source), { hcl: this.hcl, each: true });
  }

  /** The findings of a rule that have edits. */
  fixesIn({ findings }: Result, id: string): readonly Fixable[] {
    return findings.flatMap((finding) => {
      const { rule, fix } = finding;
      return rule === id && fix !== undefined && fix.edits.length > 0 ? [{ ...finding, fix }] : [];
    });
  }

  /** The texts of a tree with a fix. */
  fixed(finding: Fixable, texts: Texts = new Map()): Texts {
    const next = new Map(texts);
    for (const [file, edits] of editsOf([finding])) {
      const path = resolve(file);
      next.set(path, withEdits(texts.get(path) ?? readFileSync(path), edits));
    }
    return next;
  }
}
