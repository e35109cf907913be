import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { adopt as adoptSurvey } from '../adopt/adopt';
import { printProgram } from '../adopt/print/program';
import { survey } from '../adopt/survey';
import { count } from '../text/count';
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
    for (const [path, text] of printProgram(adopted.program, '../main.ts')) {
      const file = join(output, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    print(`${count(adopted.forms.size, 'object')}`);
    return 0;
  },
};
