import { relative } from 'node:path';
import { EspalierError } from '../errors';
import { deepEqual } from '../json/deep-equal';
import { outcomeJson } from '../report/outcomes';
import { compareText } from '../text/compare';
import { count } from '../text/count';
import { lockFile, makeCharts, writeLock } from '../tree/charts';
import type { ChartSettings } from './charts';
import type { Command } from './command';
import { Progress } from './progress';
import { givenTree, readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { print, printError } from './terminal';

const help = `espalier lock [PATH]: writes down which charts a Flux tree uses, so that later runs use the same.

Usage: espalier lock [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --format FORMAT   text or json (default: text)
${treeOptionsHelp}

It asks the network for each chart anew (it opens them without --charts, too), and writes version and digest to
${lockFile} beside the configuration, or in the working directory: commit it. From then on --charts takes
a range in the version that is locked, and refuses a chart that has another digest. Charts in folders of the tree itself
need no lock.

Exit codes: 0 locked; 1 charts could not be had, and stay as they were; 2 it could not run.

Example: espalier lock dist`;

export const lock: Command = {
  help,
  positionals: 1,
  options: { ...treeOptions, format: { type: 'string', choices: ['text', 'json'] } },
  async run(invocation) {
    if (invocation.values.offline)
      throw new EspalierError('espalier lock asks the network for each chart: leave --offline out.');
    const settings = await readSettings({ ...invocation.values, charts: true });
    const { hosts, lockPath, lock: before = new Map() } = settings.charts as ChartSettings;
    const charts = makeCharts({ hosts });
    const asked = { ...settings, charts: { ...(settings.charts as ChartSettings), charts } };
    await Progress.during((progress) => readGraph(givenTree(invocation), asked, progress));
    const isJson = invocation.values.format === 'json';
    for (const [name, { why, fix }] of isJson ? [] : charts.closed)
      printError(`${name}: ${why}.${fix === undefined ? '' : ` ${fix}`}`);
    const kept = [...before].filter(([name]) => charts.closed.has(name));
    const after = new Map([...charts.opened, ...kept]);
    writeLock(lockPath, after);
    const locked = [...after]
      .map(([name, chart]) => ({ name, ...chart, changed: !deepEqual(chart, before.get(name)) }))
      .sort((a, b) => compareText(a.name, b.name));
    const file = relative(process.cwd(), lockPath);
    if (isJson) {
      const failed = [...charts.closed].map(([name, { why, fix }]) => ({ name, why, fix }));
      print(outcomeJson({ version: 1, file, charts: locked, failed }));
    } else {
      const changed = locked.filter((one) => one.changed).length;
      print(`${file}: ${count(after.size, 'chart')}, ${changed} of them new or changed`);
    }
    return charts.closed.size === 0 ? 0 : 1;
  },
};
