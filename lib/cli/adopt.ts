import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { adopt as adoptSurvey } from '../adopt/adopt';
import { kindsOf } from '../adopt/print/kinds';
import { printProgram } from '../adopt/print/program';
import { survey } from '../adopt/survey';
import type { Graph } from '../graph/graph';
import { type SchemaStore, schemaStore } from '../graph/schema';
import { packedSchemas } from '../graph/schema/read-schemas';
import { count } from '../text/count';
import { writeImport } from '../tree/imported-charts';
import type { Command } from './command';
import { Progress } from './progress';
import { readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { print } from './terminal';

const help = `espalier adopt PATH…: writes the code that makes a tree which somebody wrote by hand.

Usage: espalier adopt PATH… [options]

  --cluster NAME    the cluster's name (default: that of the folder)
  --output DIR      the folder of the code (default: src)
${treeOptionsHelp}
`;

export const adopt: Command = {
  help,
  positionals: 20,
  options: { ...treeOptions, cluster: { type: 'string' }, output: { type: 'string' } },
  async run({ values, positionals }) {
    const settings = await readSettings(values);
    const graph = await Progress.during((progress) => readGraph({ path: '.', rev: undefined }, settings, progress));
    const asked = positionals.map((path) => path.replace(/^\.\/?/, '').replace(/\/$/, ''));
    const isAsked = (path: string) => asked.some((one) => one === '' || path === one || path.startsWith(`${one}/`));
    const found = survey(graph, isAsked);
    const output = (values.output as string | undefined) ?? 'src';
    const adopted = adoptSurvey(found, { name: (values.cluster as string | undefined) ?? 'cluster', outdir: '.' });
    const { text: kinds, untyped } = kindsOf(adopted.program, schemasOf(graph), readKinds(), madeByAdopt);
    if (kinds !== undefined) writeImport('imports', 'kinds.ts', kinds, `// Made by \`${madeByAdopt}\``);
    for (const [path, text] of printProgram(adopted.program, '../main.ts', untyped)) {
      const file = join(output, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    print(`${count(adopted.forms.size, 'object')}`);
    return 0;
  },
};

const madeByAdopt = 'espalier adopt';

/** imports/kinds.ts as it is. */
function readKinds(): string {
  const file = join('imports', 'kinds.ts');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What kinds look like in the clusters of a tree; without one, what is known without it. */
function schemasOf(graph: Graph): SchemaStore {
  const [cluster] = graph.clusters;
  return cluster === undefined ? schemaStore(packedSchemas()) : graph.schemasOf(cluster);
}
