import { newIn } from '../../lib/changes/new-findings';
import type { Finding } from '../../lib/checks/finding';

const finding = (more: Partial<Finding>): Finding => ({
  rule: 'a/b',
  severity: 'error',
  message: 'is wrong',
  remedy: 'Fix it.',
  file: 'a.yaml',
  line: 1,
  column: 1,
  object: 'Secret shop/a',
  chain: [],
  frame: [],
  clusters: [],
  ...more,
});

test('a finding is none the newer for another line or file, a hash, or another name at its place', () => {
  const old = finding({});
  expect(newIn({ findings: [finding({ line: 7 })] }, { findings: [old] })).toEqual([]);
  expect(newIn({ findings: [finding({ file: 'b.yaml' })] }, { findings: [old] })).toEqual([]);
  expect(newIn({ findings: [finding({ object: 'Secret shop/b' })] }, { findings: [old] })).toEqual([]);
  expect(
    newIn(
      { findings: [finding({ line: 2, object: 'Secret shop/a-7g2k9dh5mf', message: 'a-7g2k9dh5mf is wrong' })] },
      { findings: [finding({ object: 'Secret shop/a-2b8hkd6c9t', message: 'a-2b8hkd6c9t is wrong' })] },
    ),
  ).toEqual([]);
});

test('a finding is none the newer for another version of the chart', () => {
  const of = (version: string) => finding({ message: `\`replica\` is read by no template of chart shop ${version}` });
  expect(newIn({ findings: [of('2.0.0')] }, { findings: [of('1.0.0')] })).toEqual([]);
  expect(
    newIn({ findings: [finding({ message: 'chart web 2.0.0 does not render' })] }, { findings: [of('1.0.0')] }),
  ).toHaveLength(1);
});

test('it is new as often as there are more of it, and in the file that changed', () => {
  const [one, two] = [finding({}), finding({ file: 'b.yaml' })];
  expect(newIn({ findings: [one, two] }, { findings: [one] })).toEqual([two]);
  expect(newIn({ findings: [one, two] }, { findings: [two] })).toEqual([one]);
  expect(newIn({ findings: [finding({ object: 'Secret shop/b', line: 2 })] }, { findings: [one] })).toHaveLength(1);
  expect(newIn({ findings: [finding({ message: 'is wrong, too' })] }, { findings: [one] })).toHaveLength(1);
});

test('lines that have moved do not pair a finding with that of another object', () => {
  const [role, job] = [finding({ line: 24, object: 'Role shop/a' }), finding({ line: 38, object: 'Job shop/a' })];
  const moved = [
    { ...role, line: 38 },
    { ...job, line: 53 },
  ];
  expect(newIn({ findings: moved }, { findings: [role, job] })).toEqual([]);
});
