import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checks, ruleSets } from '../../lib/checks';
import type { Finding, Result } from '../../lib/checks/finding';
import type { ParseHcl } from '../../lib/systems/vault/hcl';
import { loadHcl } from '../../lib/tree/hcl';
import { makeBuild } from '../../lib/tree/kustomize';
import { readFolder } from '../../lib/tree/source';
import { fakeCharts, recordedCharts } from '../graph/releases/fake-charts';
import { repository, temporaryFolder } from '../repository';
import { checkOpened, checkTree } from './check-tree';

const sets = Object.values(ruleSets).flat();
const rules = join(repository, 'test', 'checks', 'rules');

// Outside of the checkout, so that Git is not asked for the files of each tree.
const copy = temporaryFolder();

let hcl: ParseHcl;
beforeAll(async () => {
  cpSync(rules, copy, { recursive: true });
  hcl = await loadHcl();
});

/** With charts as recorded beside the tree, in `flagged.charts.yaml`: what each makes, by its name. */
async function check(folder: string): Promise<Result> {
  const source = readFolder(join(copy, folder));
  const recorded = join(copy, `${folder}.charts.yaml`);
  // Of a rule of a set, its tree is held against all of the set.
  const set = Object.values(ruleSets).find((own) => own.some(({ id }) => folder.startsWith(join(id, '/')))) ?? [];
  if (!existsSync(recorded)) return checkTree(source, makeBuild(source), { hcl, checks: [...checks, ...set] });
  const charts = fakeCharts(recordedCharts(readFileSync(recorded, 'utf8')));
  return checkOpened(source, makeBuild(source), charts, { hcl });
}

/** One finding as it stands in `flagged.txt`: files are named from the fixture's folder. */
function line({ file, line: at, column, message, chain }: Finding, folder: string): string {
  const steps = chain.length > 0 ? `\n    ${chain.join(' → ')}` : '';
  const from = `${relative(process.cwd(), join(copy, folder)).replaceAll('\\', '/')}/`;
  return `${file}:${at}:${column} ${message}${steps}\n`.replaceAll(from, '').replaceAll(`${join(copy, folder)}/`, '');
}

/** Rules that ask a program have their trees in a test of their own. */
const asking = ['policy/kyverno'];

describe.each([...checks, ...sets].map(({ id }) => id).filter((id) => !asking.includes(id)))('%s', (id) => {
  const folder = join(rules, id);
  const trees = existsSync(folder) ? readdirSync(folder) : [];
  const flagged = trees.filter((name) => /^flagged[\w-]*$/.test(name));
  const clean = trees.filter((name) => /^clean[\w-]*$/.test(name));

  it('has a tree that it flags and a nearby one that it does not', () => {
    expect({ flagged: flagged.length > 0, clean: clean.length > 0 }).toEqual({ flagged: true, clean: true });
  });

  it.each(flagged)('flags %s as the text beside it says', async (name) => {
    const { findings } = await check(join(id, name));
    const own = findings.filter(({ rule }) => rule === id).map((finding) => line(finding, `${id}/${name}`));
    const text = join(folder, `${name}.txt`);
    // Written where a change of the wording is meant, to be read before it is committed.
    if (process.env.ESPALIER_EXPECT === 'write') writeFileSync(text, own.join(''));
    expect(own.join('')).toBe(readFileSync(text, 'utf8'));
  });

  it.each(clean)('lets %s pass, as does every other rule', async (name) => {
    const { findings } = await check(join(id, name));
    expect(findings.map((finding) => `${finding.rule} ${line(finding, `${id}/${name}`)}`)).toEqual([]);
  });
});
