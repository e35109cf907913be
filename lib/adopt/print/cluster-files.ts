import { compareText } from '../../text/compare';
import type { Program } from '../program';
import { wayTo } from './imports';
import { contents } from './main-file';
import type { Printed } from './printed';

/**
 * What is printed with the calls of clusters in files of their own: main.ts calls one function a cluster.
 *
 * @param importEnding what imports of other files end with
 */
export function withClusterFiles(printed: Printed, { clusters, modules }: Program, importEnding = ''): Printed {
  const files = clusters.flatMap(({ name, file }) => (file === undefined ? [] : [{ cluster: name, ...file }]));
  if (files.length === 0) return printed;
  const clusterOf = new Map(modules.map(({ path, cluster }) => [path.replace(/\.ts$/, ''), cluster]));
  const texts = files.map(({ cluster, path, name }) => {
    const imports = printed.imports
      .filter((one) => clusterOf.get(one.path) === cluster)
      .sort((a, b) => compareText(a.path, b.path))
      .map((one) => `import { ${one.name} } from '${wayTo(one.path, path)}${importEnding}';\n`);
    const calls = contents(
      printed.calls.filter((call) => call.cluster === cluster),
      new Map([[cluster, 'cluster']]),
    );
    const body = calls.replace(/^\n/, '').replace(/^(?=.)/gm, '  ');
    const text = `import type { Cluster } from 'cdk8s-espalier';\n${imports.join('')}\nexport function ${name}(cluster: Cluster) {\n${body}}\n`;
    return [path, text] as const;
  });
  return {
    modules: new Map([...printed.modules, ...texts]),
    imports: files.map(({ path, name }) => ({ name, path: path.replace(/\.ts$/, '') })),
    calls: files.map(({ cluster, name }) => ({
      cluster,
      folder: '',
      statement: (variable) => `${name}(${variable});`,
    })),
  };
}
