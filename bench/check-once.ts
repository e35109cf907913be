import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../lib/checks';
import { runChecks } from '../lib/checks/run';
import { makeGraph } from '../lib/graph/make-graph';
import { schemaStore } from '../lib/graph/schema/store';
import { makeBuild } from '../lib/tree/kustomize';
import { readSchemaFile } from '../lib/tree/schemas';
import { parseFile, readFolder } from '../lib/tree/source';

/** What `check.ts` measures, in a process of its own: prints how long each stage takes, as JSON. */
const [stage, folder = ''] = process.argv.slice(2);
console.log(JSON.stringify(stage === 'parse' ? parseAlone() : checkAll()));

/** The floor: the same files, read before. */
function parseAlone() {
  const paths = JSON.parse(readFileSync(0, 'utf8')) as string[];
  const contents = paths.map((path) => [path, readFileSync(join(folder, path))] as const);
  const [, parse] = timed(() => contents.map(([path, bytes]) => parseFile(path, bytes)));
  return { parse };
}

function checkAll() {
  const [source, read] = timed(() => readFolder(folder));
  const [graph, build] = timed(() => {
    const schemas = schemaStore(readSchemaFile);
    return makeGraph(source, makeBuild(source, { kustomize: false }), { schemas });
  });
  const [{ findings, counts }, rules] = timed(() => runChecks(graph, { checks }));
  if (findings.length > 0) throw new Error(`the fleet has findings: ${findings[0]?.message}`);
  return { read, build, rules, resources: counts.resources };
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
