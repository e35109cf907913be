/**
 * The way of the data is one way: constructs → tree → graph → checks → report, with cli/ on top.
 * A stage may use the stages after it, never one before it.
 */
const stages = ['constructs', 'tree', 'graph', 'checks', 'report'];

const against = stages.slice(1).map((stage, i) => ({
  name: `${stage}-knows-nothing-of-what-comes-before`,
  comment: `lib/${stage} works on plain data: it never imports lib/${stages.slice(0, i + 1).join(', lib/')} or imports/.`,
  severity: 'error',
  from: { path: `^lib/${stage}/` },
  to: { path: `^(lib/(${stages.slice(0, i + 1).join('|')})/|imports/)` },
}));

module.exports = {
  forbidden: [
    ...against,
    {
      name: 'no-cycles',
      comment: 'A cycle has no order in which it can be read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-cli-uses-cli',
      comment: 'cli/ is the only place that prints or exits.',
      severity: 'error',
      from: { path: '^lib/(?!cli/)' },
      to: { path: '^lib/cli/' },
    },
    {
      name: 'files-and-processes-stay-in-tree-and-cli',
      comment: 'Pure functions inside; files, Git and processes only in tree/ and cli/.',
      severity: 'error',
      from: { path: '^lib/(?!tree/|cli/)' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|worker_threads|readline)$' },
    },
    {
      name: 'no-development-dependencies',
      comment: 'What lib/ imports must be there when a user installs the package.',
      severity: 'error',
      from: { path: '^(lib|imports)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-unknown', 'npm-no-pkg'], dependencyTypesNot: ['npm', 'npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
  },
};
