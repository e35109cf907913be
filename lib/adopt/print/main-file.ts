import { deepEqual } from '../../json/deep-equal';
import { compareText } from '../../text/compare';
import { sharedCluster } from '../clusters';
import { clusterVariable } from '../names';
import { type Code, type CodeObject, type Program, plainOf } from '../program';
import type { ModuleCall, Printed } from './printed';
import { quoted } from './text';
import { printValue } from './value';

/** main.ts of a program that has none yet, without what it calls. */
export function newMain({ app, clusters }: Pick<Program, 'app' | 'clusters'>): string {
  const first: CodeObject = clusters[0]?.props ?? {};
  const areAlike = clusters.every(({ props }) => deepEqual(plainOf(props), plainOf(first)));
  const { source: _, ...common } = first;
  const settings = clusters.length === 1 ? undefined : areAlike ? first : common;
  const hasSource = settings?.source !== undefined;
  const statements = clusters.map(({ name, props }) => {
    const begin = `const ${clusters.length > 1 ? clusterVariable(name) : 'cluster'} = new Cluster(app, ${quoted(name)}, `;
    const { source } = props;
    const own = source === undefined ? undefined : printed(source, begin.length + 23);
    const given = settings && (areAlike || own === undefined ? 'settings' : `{ ...settings, source: ${own} }`);
    return `${name === sharedCluster ? '// What several clusters apply.\n' : ''}${begin}${given ?? printed(props, begin.length + 2)});\n`;
  });
  return [
    `import { App, Cluster${hasSource ? ', type ClusterProps' : ''} } from 'cdk8s-espalier';\n\n`,
    `const app = new App(${printed(app, 20)});\n`,
    ...(settings ? [`const settings${hasSource ? ': ClusterProps' : ''} = ${printed(settings, 35)};\n`] : []),
    ...statements,
    '\napp.synth();\n',
  ].join('');
}

function printed(value: Code, column: number): string {
  return printValue(value, '', column, ({ variable }) => variable);
}

/** The names in a main.ts: those of what is added must be others. */
export function namesIn(text: string): Set<string> {
  return new Set([...text.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name));
}

/** main.ts with what was added; or why nothing may be added, with the lines that somebody can add by hand. */
export type Added = { readonly text: string } | { readonly why: string };

/**
 * Adds to main.ts the import of each module, and its call before `app.synth()`. Nothing else in it changes.
 *
 * @param folder that of the code, seen from main.ts: `./src`
 * @param importEnding what imports of other files end with, where no import there tells
 */
export function addToMain(original: string, { imports, calls }: Printed, folder: string, importEnding = ''): Added {
  const text = original.replaceAll('\r\n', '\n');
  const ending = endingOfImports(text, importEnding);
  const lines = [...imports]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ name, path }) => `import { ${name} } from '${folder}/${path}${ending}';\n`);
  const clusters = clustersIn(text);
  const lacking = calls.find(({ cluster }) => !clusters.has(cluster))?.cluster;
  const synth = [...text.matchAll(/^[A-Za-z_$][\w$]*\.synth\(\);?[ \t]*(?:\/\/.*)?$/gm)].pop();
  const lastImport = [...text.matchAll(/^import\s[^;]*?from\s+['"][^'"]+['"];?[^\n]*\n/gm)].pop();
  if (lacking !== undefined || synth === undefined || lastImport === undefined) {
    const there = [...clusters.keys()].join(', ') || 'none';
    const what =
      lacking !== undefined
        ? `a line \`const … = new Cluster(app, '${lacking}', …);\` (Clusters found: ${there}; --cluster names the one that is meant)`
        : synth === undefined
          ? 'a line `app.synth();`'
          : 'an import';
    const all = `${lines.join('')}${contents(calls, clusters)}`;
    return { why: `it has not ${what}. What would be added:\n${all.replace(/^(?=.)/gm, '  ')}` };
  }
  const at = lastImport.index + lastImport[0].length;
  const before = text.slice(at, synth.index).replace(/\n+$/, '\n');
  const made = `${text.slice(0, at)}${lines.join('')}${before}${contents(calls, clusters)}\n${text.slice(synth.index)}`;
  return { text: original.includes('\r\n') ? made.replaceAll('\n', '\r\n') : made };
}

/** What imports of other files end with: as those are written that are there. */
export function endingOfImports(text: string, otherwise: string): string {
  return /from\s+['"]\.\.?\/[^'"]*(\.[jt]s)['"]/.exec(text)?.[1] ?? otherwise;
}

/** The Clusters that a main.ts makes: the names of their constants by their own. */
function clustersIn(text: string): Map<string, string> {
  const found = text.matchAll(
    /^(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)(?:\s*:\s*Cluster)?\s*=\s*new\s+Cluster\(\s*[\w$.]+\s*,\s*(['"`])([^'"`]+)\2/gm,
  );
  return new Map([...found].map(([, variable = '', , id = '']) => [id, variable] as const));
}

/** The calls, under the names of their folders where there are many. */
export function contents(calls: readonly ModuleCall[], clusters: ReadonlyMap<string, string>): string {
  const isLong = calls.length > 20;
  let before = '';
  const lines = calls.map(({ cluster, folder, statement }) => {
    const heading = isLong && folder !== before && folder !== '' ? `\n// ${folder}\n` : '';
    before = folder;
    return `${heading}${statement(clusters.get(cluster) ?? 'cluster')}\n`;
  });
  return lines.join('');
}
