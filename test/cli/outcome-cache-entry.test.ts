import { parseEntry, printEntry } from '../../lib/cli/outcome-cache';
import type { Outcome } from '../../lib/constructs/output';

const outcome: Outcome = {
  result: {
    findings: [
      {
        rule: 'eso/two-owners',
        severity: 'warning',
        message: 'two own it',
        remedy: 'Leave one.',
        file: 'dist/apps/shop.yaml',
        line: 3,
        column: 1,
        chain: ['Secret/shop'],
        frame: [{ number: 3, text: 'metadata:' }],
        clusters: [],
      },
    ],
    unknowns: [{ message: 'a chart' }],
    counts: { files: 1, documents: 1, resources: 1, kustomizations: 0, clusters: 1, suppressed: 0 },
  },
  policies: [{ path: 'vault/eso.hcl', madeBy: 'VaultStore of the cluster home', cluster: 'home', text: 'path "kv"' }],
};
const key = { hash: 'a', tags: 'b' };
const printed = printEntry(key, outcome);

describe('what is cached', () => {
  test('is read as it was printed, also without a result', () => {
    expect(parseEntry(key, printed)).toEqual(outcome);
    const without = { result: undefined, policies: [] };
    expect(parseEntry(key, printEntry(key, without))).toEqual(without);
  });

  test('holds what was found and what is written, not the rules and not the tree', () => {
    const result = { ...outcome.result, rules: [{ id: 'secret' }] } as unknown as Outcome['result'];
    expect(printEntry(key, { ...outcome, result })).toBe(printed);
    expect(Object.keys(JSON.parse(printed.split('\n')[1] ?? ''))).toEqual(['tags', 'result', 'policies']);
  });

  test('with a finding, which shows the lines around it, counts for the same tags only; one without for all', () => {
    const other = { ...key, tags: 'other' };
    expect(parseEntry(other, printed)).toBeUndefined();
    const clean = { ...outcome, result: { ...outcome.result, findings: [] } } as Outcome;
    expect(parseEntry(other, printEntry(key, clean))).toEqual(clean);
    const without = { result: undefined, policies: [] };
    expect(parseEntry(other, printEntry(key, without))).toEqual(without);
  });

  test.each([
    ['empty', ''],
    ['cut short', printed.slice(0, -1)],
    ['only its hash', printed.split('\n')[0] ?? ''],
    ['longer', `${printed} `],
    ['changed', printed.replace('two own it', 'nobody owns')],
    ['something else', '{"result":{"findings":[]},"policies":[]}'],
    ['of another key', printEntry({ ...key, hash: 'b' }, outcome)],
  ])('that is %s is none', (_, other) => {
    expect(parseEntry(key, other)).toBeUndefined();
  });
});
