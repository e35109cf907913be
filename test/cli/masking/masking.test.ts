import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from '../../../lib/tree/source';
import { espalier, repository } from '../../repository';
import { marks, plant, planted, surroundings } from './planted';
import { leaksIn, showsNothing } from './runs';

test('the planted values are found where nothing hides them', () => {
  const texts = Object.entries({ ...planted(plant('a')), ...surroundings(plant('a')) });
  expect(texts.filter(([path, text]) => !marks.test(text) && !/filled|kustomization/.test(path))).toEqual([]);
});

describe('no planted value is shown of a whole tree', () => showsNothing('whole'));

describe('no planted value is shown by synth', () => {
  const cwd = join(repository, 'build', 'test-masking');
  const objects = (generation: 'a' | 'b') =>
    Object.values(planted(plant(generation)))
      .filter((text) => !/ENC\[/.test(text))
      .map((text) => parseFile('a.yaml', text).documents[0]?.value);
  const app = (
    generation: 'a' | 'b',
    keep: string,
  ) => `import { App, Application, Cluster } from ${JSON.stringify(join(repository, 'lib'))};
import { ApiObject } from 'cdk8s';
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
const shop = new Application(home, 'shop').directory;
for (const [i, object] of (${JSON.stringify(objects(generation))} as any[]).entries()) if (${keep}) new ApiObject(shop, 'o' + i, object);
app.synth();
`;

  beforeAll(() => rmSync(cwd, { recursive: true, force: true }));

  it.each([
    ['that Flux would refuse', app('a', 'true'), ['synth']],
    ['that is compared', app('b', "object.kind === 'Pod'"), ['synth', '--check']],
    ['that throws', `throw new Error('cannot read postgres://app:${plant('a')('er')}@db');`, ['synth']],
    ['that cannot be read', `const password = '${plant('a')('sx')};\n`, ['synth']],
  ])('of an app %s', async (_, text, args) => {
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, 'main.ts'), text);
    const { stdout, stderr } = await espalier(args, { cwd });
    expect(stdout + stderr).not.toBe('');
    expect(leaksIn(stdout + stderr)).toEqual([]);
  });

  it('compared with what was written before', async () => {
    const thing = (of: string) => `new ApiObject(shop, 'thing', {
  apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'thing' },
  spec: { level: '${of.slice(4, 5)}', adminPassword: '${of}', url: 'postgres://app:${of}@db', text: 'db:\\n  password: ${of}\\n' },
});
app.synth();`;
    const plain = (of: string) => app('a', 'false').replace('app.synth();', thing(of));
    mkdirSync(cwd, { recursive: true });
    const compare = async (generation: 'a' | 'b', args: string[]) => {
      writeFileSync(join(cwd, 'main.ts'), plain(plant(generation)('sy')));
      return espalier(args, { cwd });
    };
    const written = await compare('a', ['synth', '--force']);
    const compared = await compare('b', ['synth', '--check']);
    expect(compared.stdout).toContain('+  adminPassword: (hidden)');
    expect(compared.stdout).toContain('+  level: b');
    expect(leaksIn(JSON.stringify([written, compared]))).toEqual([]);
  });
});
