import { addToMain } from '../../lib/adopt/print/main-file';
import type { Printed } from '../../lib/adopt/print/printed';

const call = (name: string, cluster: string) => ({
  cluster,
  folder: '',
  statement: (variable: string) => `${name}(${variable});`,
});
const printed = (cluster = 'home'): Printed => ({
  modules: new Map(),
  imports: [
    { name: 'plex', path: 'media/plex' },
    { name: 'jellyfin', path: 'media/jellyfin' },
  ],
  calls: [call('jellyfin', cluster), call('plex', cluster)],
});
const main = `import { App, Cluster } from 'cdk8s-espalier';
import { note } from './note.js';

const app = new App({ outdir: '.' });
export const mine = new Cluster(
  app,
  'home', { sourceRoot: '.', root: null });
note(mine);

app.synth(); // the end
`;

test('imports come after the imports, in their style, calls before the end; all else is as it was', () => {
  const added = addToMain(main, printed(), './src');
  expect(added).toEqual({
    text: main
      .replace(
        "note.js';\n",
        "note.js';\nimport { jellyfin } from './src/media/jellyfin.js';\nimport { plex } from './src/media/plex.js';\n",
      )
      .replace('note(mine);\n', 'note(mine);\njellyfin(mine);\nplex(mine);\n'),
  });
});

test('of Windows, too', () => {
  const added = addToMain(main.replaceAll('\n', '\r\n'), printed(), './src') as { text: string };
  expect(added.text.replaceAll('\r\n', '')).not.toContain('\n');
  expect(added.text.replaceAll('\r\n', '\n')).toBe((addToMain(main, printed(), './src') as { text: string }).text);
});

test.each([
  [
    'a Cluster of another name',
    main,
    printed('staging'),
    "new Cluster(app, 'staging', …);` (Clusters found: home; --cluster",
  ],
  ['no app.synth()', main.replace('app.synth();', 'end(app);'), printed(), 'it has not a line `app.synth();`'],
  ['no import', main.replaceAll(/^import.*\n/gm, ''), printed(), 'it has not an import'],
])('%s: what would be added is told', (_, text, code, why) => {
  const added = addToMain(text, code, './src') as { why: string };
  expect(added.why).toContain(why);
  expect(added.why).toContain('What would be added:\n  import { jellyfin }');
  expect(added.why).toMatch(/\n {2}jellyfin\(\w+\);\n {2}plex\(\w+\);\n$/);
});

test('a main.ts without such imports has them as its package resolves them', () => {
  const bare = main.replace(/^import .*note\.js';\n/m, '');
  for (const ending of ['', '.js'] as const)
    expect(addToMain(bare, printed(), './src', ending)).toMatchObject({
      text: expect.stringContaining(`from './src/media/plex${ending}';\n`),
    });
});
