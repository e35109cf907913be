/**
 * The way of the data is one way: systems → tree → graph → rules → checks → changes → pictures → report, with cli/ on top. A room works on what
 * the rooms before it hand on, and knows nothing of those after it; editor/ asks the graph. Only constructs, which nothing but adopt/ and cli/ knows, hand
 * their tree on. adopt/ makes code of a tree, so it knows all of them. systems/ knows other systems, and is known by all.
 */
const rooms = [
  'json',
  'text',
  'systems',
  'tree',
  'graph',
  'rules',
  'checks',
  'changes',
  'pictures',
  'report',
  'editor',
];

const against = rooms.map((room, i) => {
  const unknown = ['constructs', ...rooms.slice(i + 1), 'adopt'];
  return {
    name: `${room}-knows-only-what-comes-before`,
    comment: `lib/${room} works on plain data: it never imports ${unknown.map((other) => `lib/${other}`).join(', ')} or imports/.`,
    severity: 'error',
    from: { path: `^lib/${room}/` },
    to: { path: `^(lib/(${unknown.join('|')})/|imports/)` },
  };
});

/** What reaches out of the program. */
const outside = [
  ...['fs', 'child_process', 'worker_threads', 'cluster', 'process', 'os', 'readline', 'tty'],
  ...['http', 'https', 'http2', 'tls', 'dns', 'dgram', 'inspector'],
];

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
      name: 'no-cycles-of-folders',
      comment: 'Of two folders one comes first.',
      scope: 'folder',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'tests-are-used-by-nobody',
      comment: 'What runs without the tests does not need them.',
      severity: 'error',
      from: { path: '^(lib|scripts|bench)/' },
      to: { path: '^test/' },
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
      comment: 'Pure functions inside; files, Git, processes, the network and the terminal only in tree/ and cli/.',
      severity: 'error',
      from: { path: '^lib/(?!tree/|cli/)' },
      to: { path: `^(node:)?(${outside.join('|')})(/promises)?$` },
    },
    {
      name: 'browser-code-runs-in-browsers',
      comment: 'What the HTML of espalier graph runs is compiled into it; nothing else can run it.',
      severity: 'error',
      from: { path: '^lib/(?!report/pictures/browser/)' },
      to: { path: '^lib/report/pictures/browser/' },
    },
    {
      name: 'formats-know-findings-and-no-rules',
      comment: 'A format is given what checks found.',
      severity: 'error',
      from: { path: '^lib/(pictures|report)/' },
      to: { path: '^lib/checks/(?!finding\\.ts$)' },
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
