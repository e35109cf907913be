import { compareText } from '../../text/compare';
import { sharedCluster } from '../clusters';
import type { SchemaHost } from '../comments/add';
import { camel } from '../names';
import type { ClusterStatement, CodeObject } from '../program';
import type { ModuleCall, Printed } from './program';
import { quoted } from './text';
import { printValue } from './value';

/** main.ts of a program that has none yet, without what it calls. */
export function newMain(clusters: readonly ClusterStatement[], outdir: string, schemaHost: SchemaHost): string {
  const app: CodeObject = { outdir, ...(schemaHost !== undefined && { schemaHost }) };
  const settings = clusters.length > 1 ? clusters[0]?.props : undefined;
  const statements = clusters.map(({ name, props }) => {
    const begin = `const ${clusters.length > 1 ? camel(name) : 'cluster'} = new Cluster(app, ${quoted(name)}, `;
    const given = settings ? 'settings' : printValue(props, '', begin.length + 2, ({ variable }) => variable);
    return `${name === sharedCluster ? '// What several clusters apply.\n' : ''}${begin}${given});\n`;
  });
  return [
    "import { App, Cluster } from 'cdk8s-espalier';\n\n",
    `const app = new App(${printValue(app, '', 20, ({ variable }) => variable)});\n`,
    ...(settings ? [`const settings = ${printValue(settings, '', 18, ({ variable }) => variable)};\n`] : []),
    ...statements,
    '\napp.synth();\n',
  ].join('');
}

/** The names in a main.ts: those of what is added must be others. */
export function namesIn(text: string): Set<string> {
  return new Set([...text.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name));
}

/** The schemaHost that the App in main.ts has. */
export function schemaHostIn(text: string): SchemaHost {
  const [, , host, none] = /\bschemaHost:\s*(?:(['"`])(.*?)\1|(false))/.exec(text) ?? [];
  return none === undefined ? host : false;
}

/** Where something may be added in main.ts, or why not. */
export type Added = { readonly text: string } | { readonly why: string };

/**
 * Adds to main.ts the import of each module, and its call before `app.synth()`. Nothing else in it changes.
 *
 * @param folder that of the code, seen from main.ts: `./src`
 */
export function addToMain(text: string, { imports, calls }: Printed, folder: string): Added {
  const clusters = clustersIn(text);
  const needed = new Set(calls.map(({ cluster }) => cluster));
  for (const name of needed) {
    if (clusters.has(name)) continue;
    const there = [...clusters.keys()].join(', ') || 'none';
    return {
      why: `it has no Cluster "${name}" (there: ${there}): make one, or name the one that is meant by --cluster`,
    };
  }
  const synth = [...text.matchAll(/^[A-Za-z_$][\w$]*\.synth\(\);/gm)].pop();
  if (synth === undefined) return { why: 'it has no line `app.synth();`' };
  const lastImport = [...text.matchAll(/^import\s[^;]*?from\s+['"][^'"]+['"];?[^\n]*\n/gm)].pop();
  if (lastImport === undefined) return { why: 'it has no import' };
  const lines = [...imports]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ name, path }) => `import { ${name} } from '${folder}/${path}';\n`);
  const at = lastImport.index + lastImport[0].length;
  const before = text.slice(at, synth.index).replace(/\n+$/, '\n');
  return {
    text: `${text.slice(0, at)}${lines.join('')}${before}${before.endsWith('\n') ? '' : '\n'}${contents(calls, clusters)}\n${text.slice(synth.index)}`,
  };
}

/** The Clusters that a main.ts makes: the names of their constants by their own. */
export function clustersIn(text: string): Map<string, string> {
  const found = text.matchAll(/^const ([A-Za-z_$][\w$]*) = new Cluster\(\s*[\w$]+,\s*(['"`])([^'"`]+)\2/gm);
  return new Map([...found].map(([, variable = '', , id = '']) => [id, variable] as const));
}

/** The calls, under the names of their folders where there are many. */
function contents(calls: readonly ModuleCall[], clusters: ReadonlyMap<string, string>): string {
  const isLong = calls.length > 20;
  let before = '';
  const lines = calls.map(({ cluster, folder, statement }) => {
    const heading = isLong && folder !== before && folder !== '' ? `\n// ${folder}\n` : '';
    before = folder;
    return `${heading}${statement(clusters.get(cluster) as string)}\n`;
  });
  return lines.join('');
}
