import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSynthesized, synthesizedGraph } from '../lib/checks/check-synthesized';
import { renderTree, writeTree } from '../lib/tree';
import { fleet } from './fleet';

/**
 * How long each stage of a synth takes, against JSON.stringify of the same documents in the same run: the machine is
 * shared, so only ratios mean anything. Usage: npm run bench -- [apps …]
 */
const sizes = process.argv.slice(2).map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'espalier-bench-'));

console.log('| apps | files | constructs | tree | render | check | write | write again | JSON.stringify |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const apps of sizes.length > 0 ? sizes : [100, 1000]) {
  const [app, constructs] = timed(() => fleet(apps));
  const [tree, collected] = timed(() => app.tree());
  const [files, rendered] = timed(() => renderTree(tree));
  const folder = join(outdir, String(apps));
  const [{ findings }, checked] = timed(() => checkSynthesized(synthesizedGraph(tree, files, folder)));
  if (findings.length > 0) throw new Error(`the fleet has findings: ${findings[0]?.message}`);
  const [, written] = timed(() => writeTree(files, folder));
  const [, again] = timed(() => writeTree(files, folder));
  const [, floor] = timed(() => JSON.stringify(tree));
  const cells = [constructs, collected, rendered, checked, written, again, floor].map((ms) => `${ms.toFixed(0)} ms`);
  console.log(`| ${apps} | ${files.size} | ${cells.join(' | ')} |`);
}
rmSync(outdir, { recursive: true });

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
