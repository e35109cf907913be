import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from '../lib/checks';
import { runChecks } from '../lib/checks/run';
import { makeGraph } from '../lib/graph/make-graph';
import { schemaStore } from '../lib/graph/schema/store';
import { renderTree, writeTree } from '../lib/tree';
import { makeBuild } from '../lib/tree/kustomize';
import { readSchemaFile } from '../lib/tree/schemas';
import { parseFile, readFolder } from '../lib/tree/source';
import { fleet } from './fleet';

/**
 * How long each stage of a check takes, against parsing the same files alone in the same run: the machine is shared, so only
 * ratios mean anything. Usage: npm run bench:check -- [apps …]
 */
const sizes = process.argv.slice(2).map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'espalier-bench-'));

console.log('| apps | resources | parse alone | read and parse | build and graph | rules | all | all / parse |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const apps of sizes.length > 0 ? sizes : [100, 1000, 2000]) {
  const folder = join(outdir, String(apps), 'dist');
  const rendered = renderTree(fleet(apps).tree());
  writeTree(rendered, folder);
  const contents = [...rendered.keys()].map((path) => [path, readFileSync(join(folder, path))] as const);

  const [, parse] = best(() => contents.map(([path, bytes]) => parseFile(path, bytes)));
  const [source, read] = best(() => readFolder(folder));
  const [graph, build] = best(() => {
    const schemas = schemaStore(readSchemaFile);
    return makeGraph(source, makeBuild(source, { kustomize: false }), { schemas });
  });
  const start = performance.now();
  const { findings, counts } = runChecks(graph, { checks });
  const rules = performance.now() - start;
  if (findings.length > 0) throw new Error(`the fleet has findings: ${findings[0]?.message}`);

  const all = read + build + rules;
  const cells = [parse, read, build, rules, all].map((ms) => `${ms.toFixed(0)} ms`);
  console.log(`| ${apps} | ${counts.resources} | ${cells.join(' | ')} | ${(all / parse).toFixed(2)} |`);
}
rmSync(outdir, { recursive: true });

/** The better of two runs: the first warms up the engine. */
function best<T>(work: () => T): [T, number] {
  let least = Number.POSITIVE_INFINITY;
  let result!: T;
  for (let run = 0; run < 2; run += 1) {
    const start = performance.now();
    result = work();
    least = Math.min(least, performance.now() - start);
  }
  return [result, least];
}
