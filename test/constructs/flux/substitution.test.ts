import { ApiObject } from 'cdk8s';
import fc from 'fast-check';
import { Application, type ClusterProps, literal } from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { escapeSubstitution } from '../../../lib/systems/flux/substitution';
import { emptyCluster, reader } from '../synthesize';

/** What Flux makes of a text when there are variables: `${` begins one, `$$` is `$`, everything else stays. (envsubst, scan.go) */
function flux(text: string): string {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    if (text.startsWith('${', i)) throw new Error(`a variable at ${i} of ${JSON.stringify(text)}`);
    if (text.startsWith('$$', i)) i++;
    result += text[i];
  }
  return result;
}

test.each([
  [`\${HOST}`, `$\${HOST}`],
  [`\${{ secrets.X }}`, `$\${{ secrets.X }}`],
  ['DO $$ BEGIN END $$;', 'DO $$$$ BEGIN END $$$$;'],
  [`$$\${X}`, `$$$$$\${X}`],
  ['^a+$', '^a+$'],
  ['$HOST and $(HOST)', '$HOST and $(HOST)'],
  ['', ''],
])('%j is escaped as %j', (text, escaped) => {
  expect(escapeSubstitution(text)).toBe(escaped);
  expect(flux(escaped)).toBe(text);
});

test('whatever is escaped comes out of Flux as it was', () => {
  const dollars = fc.array(fc.constantFrom('$', '$$', '{', '}', '${', 'X', ':-', '\n', 'é', '\\'), { maxLength: 30 });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        dollars.map((parts) => parts.join('')),
      ),
      (text) => {
        expect(flux(escapeSubstitution(text))).toBe(text);
      },
    ),
    { numRuns: 2000 },
  );
});

function dataOf(cluster: Partial<ClusterProps>): unknown {
  const on = emptyCluster(cluster);
  const { directory } = new Application(on.cluster, 'shop');
  const data = { sql: literal(directory, `DO $$ \${X} $$`) };
  new ApiObject(directory, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data });
  return (reader(on.app.tree()).find('ConfigMap', 'config') as JsonObject).data;
}

test('a literal text is escaped where Flux replaces variables', () => {
  expect(dataOf({ substitutions: { substitute: { X: 'y' } } })).toEqual({ sql: `DO $$$$ $\${X} $$$$` });
});

test('a literal text is left alone where Flux replaces nothing, and would leave the escapes', () => {
  expect(dataOf({})).toEqual({ sql: `DO $$ \${X} $$` });
});
