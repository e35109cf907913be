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

test('a finding is none the newer for the other name of a Kustomization, and one whose name begins alike is another', () => {
  const of = (message: string, name: string) => ({
    findings: [finding({ message, object: undefined })],
    kustomizations: new Set([`flux-system/${name}`, 'flux-system/apps']),
  });
  for (const message of [
    (name: string) => `applied by 2 Kustomizations: flux-system/apps, flux-system/${name}`,
    (name: string) => `Kustomization flux-system/${name} waits for Kustomization flux-system/apps`,
    (name: string) => `flux-system/apps and flux-system/${name} apply it`,
  ])
    expect(newIn(of(message('web'), 'web'), of(message('app'), 'app'))).toEqual([]);
  const other = 'Kustomization flux-system/other waits';
  expect(newIn(of(other, 'web'), of('Kustomization flux-system/app waits', 'app'))).toHaveLength(1);
});
