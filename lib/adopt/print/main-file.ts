import { compareText } from '../../text/compare';
import type { SchemaHost } from '../comments/add';
import type { ClusterStatement, CodeObject } from '../program';
import type { Printed } from './program';
import { printValue, quoted } from './value';

/** main.ts of a program that has none yet, without what it calls. */
export function newMain({ name, props }: ClusterStatement, outdir: string, schemaHost: SchemaHost): string {
  const app: CodeObject = { outdir, ...(schemaHost !== undefined && { schemaHost }) };
  return [
    "import { App, Cluster } from 'cdk8s-espalier';\n\n",
    `const app = new App(${printValue(app, '', 20, ({ variable }) => variable)});\n`,
    `const cluster = new Cluster(app, ${quoted(name)}, ${printValue(props, '', 40, ({ variable }) => variable)});\n\n`,
    'app.synth();\n',
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
 * @param cluster the id of the Cluster that is meant, where there are several
 */
export function addToMain(
  text: string,
  { imports, calls }: Printed,
  folder: string,
  cluster: string | undefined,
): Added {
  const clusters = [...text.matchAll(/^const ([A-Za-z_$][\w$]*) = new Cluster\(\s*[\w$]+,\s*(['"`])([^'"`]+)\2/gm)];
  const found =
    cluster === undefined && clusters.length === 1 ? clusters[0] : clusters.find(([, , , id]) => id === cluster);
  if (found === undefined) {
    const there = clusters.map(([, , , id]) => id).join(', ') || 'none';
    return { why: `it is not clear which Cluster is meant (there: ${there}): name it by --cluster` };
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
  const added = `${calls(found[1] as string).join('\n')}\n`;
  return {
    text: `${text.slice(0, at)}${lines.join('')}${before}${before.endsWith('\n') ? '' : '\n'}${added}\n${text.slice(synth.index)}`,
  };
}
