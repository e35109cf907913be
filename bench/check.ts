import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderTree, writeTree } from '../lib/tree';
import { fleet } from './fleet';

/**
 * How long each stage of a check takes, against parsing the same files alone. Each is measured in a process of its own, as who
 * runs `espalier check` waits for it, with nothing warmed up; the best of three, for the machine is shared: only ratios mean
 * anything. Usage: npm run bench:check -- [apps …]
 */
const sizes = process.argv.slice(2).map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'espalier-bench-'));

console.log('| apps | resources | parse alone | read and parse | build and graph | rules | all | all / parse |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const apps of sizes.length > 0 ? sizes : [100, 1000, 2000]) {
  const folder = join(outdir, String(apps), 'dist');
  const rendered = renderTree(fleet(apps).tree());
  writeTree(rendered, folder);
  const paths = JSON.stringify([...rendered.keys()]);

  // In turn, so that what slows the machine down slows both.
  const runs = [1, 2, 3].map(() => ({ ...measure('parse', folder, paths), ...measure('check', folder, paths) }));
  const least = (stage: (run: Times) => number) => Math.min(...runs.map(stage));
  const parse = least((run) => run.parse);
  const all = least(({ read, build, rules }) => read + build + rules);
  const stages = [parse, least((run) => run.read), least((run) => run.build), least((run) => run.rules), all];
  const cells = stages.map((ms) => `${ms.toFixed(0)} ms`);
  console.log(`| ${apps} | ${runs[0]?.resources} | ${cells.join(' | ')} | ${(all / parse).toFixed(2)} |`);
}
rmSync(outdir, { recursive: true });

interface Times {
  readonly parse: number;
  readonly read: number;
  readonly build: number;
  readonly rules: number;
  readonly resources: number;
}

function measure(stage: 'parse' | 'check', folder: string, paths: string): Times {
  const script = join(__dirname, 'check-once.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, stage, folder], {
    input: paths,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Times;
}
