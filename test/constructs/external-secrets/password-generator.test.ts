import { Application, type FluxKustomizationProps, PasswordGenerator, type PasswordGeneratorProps } from '../../../lib';
import { emptyCluster, reader, refusal } from '../synthesize';

function make(props?: PasswordGeneratorProps) {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(cluster, 'shop');
  const generator = new PasswordGenerator(directory, 'pw', props);
  return { generator, document: () => reader(app.tree()).document('kubernetes/apps/shop/shop/app/pw.yaml') };
}

const defaults = { length: 32, digits: 8, symbols: 0, symbolCharacters: '-_.~', noUpper: false, allowRepeat: true };

test('a password can stand in a URL as it is, unless asked otherwise', () => {
  const { generator, document } = make();
  expect(document()).toEqual({
    apiVersion: 'generators.external-secrets.io/v1alpha1',
    kind: 'Password',
    metadata: { name: 'pw', namespace: 'shop' },
    spec: defaults,
  });
  expect(generator.urlSafe).toBe(true);
});

test.each<[PasswordGeneratorProps, object, boolean]>([
  [{ length: 40 }, { length: 40, digits: 10 }, true],
  [{ length: 8, digits: 0 }, { length: 8, digits: 0 }, true],
  [{ symbols: 4 }, { symbols: 4 }, true],
  [{ symbolCharacters: '!@#' }, { symbols: 8, symbolCharacters: '!@#' }, false],
  [{ symbolCharacters: '!@#', symbols: 0 }, { symbolCharacters: '!@#' }, true],
  [{ symbolCharacters: '', symbols: 1 }, { symbolCharacters: '', symbols: 1 }, false],
  [{ symbolCharacters: '-.', digits: 24 }, { symbols: 8, symbolCharacters: '-.', digits: 24 }, true],
  [{ spec: { symbols: 2, symbolCharacters: '/' } }, { symbols: 2, symbolCharacters: '/' }, false],
  [{ spec: { secretKeys: ['password'] } }, { secretKeys: ['password'] }, true],
  [{ spec: { encoding: 'base64' as never } }, { encoding: 'base64' }, false],
  [
    { symbolCharacters: '/', spec: { encoding: 'hex' as never } },
    { symbols: 8, symbolCharacters: '/', encoding: 'hex' },
    true,
  ],
  [
    { noUpper: true, allowRepeat: false, digits: 10, symbols: 4 },
    { noUpper: true, allowRepeat: false, digits: 10, symbols: 4 },
    true,
  ],
  [
    { length: 66, digits: 10, symbols: 4, allowRepeat: false },
    { length: 66, digits: 10, symbols: 4, allowRepeat: false },
    true,
  ],
])('%j yields %j; safe in a URL: %s', (props, spec, urlSafe) => {
  const { generator, document } = make(props);
  expect(document().spec).toEqual({ ...defaults, ...spec });
  expect(generator.urlSafe).toBe(urlSafe);
});

test.each<[PasswordGeneratorProps, string]>([
  [{ length: 7 }, 'length is 7. Allowed: a whole number of at least 8 and at most 4096. Example: 8.'],
  [{ length: 8.5 }, 'length is 8.5. Allowed: a whole number of at least 8 and at most 4096. Example: 8.'],
  [{ digits: -1 }, 'digits is -1. Allowed: a whole number of at least 0. Example: 0.'],
  [{ symbols: -1 }, 'symbols is -1. Allowed: a whole number of at least 0. Example: 0.'],
  [
    { length: 12, digits: 8, symbols: 5 },
    'length is 12. It must be at least 13, as many as digits and symbols together. Example: digits: 3, symbols: 0.',
  ],
  [
    { symbolCharacters: 'ab!' },
    'symbolCharacters is "ab!". Allowed: ASCII symbols: no letters, digits, spaces or other characters. Example: "-_.~".',
  ],
  [
    { symbolCharacters: '!§' },
    'symbolCharacters is "!§". Allowed: ASCII symbols: no letters, digits, spaces or other characters. Example: "-_.~".',
  ],
  [
    { allowRepeat: false, length: 44 },
    'digits is 11. It must be at most 10 where no character may occur twice. Example: allowRepeat: true.',
  ],
  [
    { allowRepeat: false, symbols: 5 },
    'symbols is 5. It must be at most 4 where no character may occur twice. Example: allowRepeat: true.',
  ],
  [
    { allowRepeat: false, symbols: 3, symbolCharacters: '!!!' },
    'symbols is 3. It must be at most 1 where no character may occur twice. Example: allowRepeat: true.',
  ],
  [
    { allowRepeat: false, length: 63, digits: 10 },
    'length is 63. It must be at most 62 where no character may occur twice. Example: allowRepeat: true.',
  ],
  [
    { allowRepeat: false, length: 37, digits: 10, noUpper: true },
    'length is 37. It must be at most 36 where no character may occur twice. Example: allowRepeat: true.',
  ],
  [
    { spec: { length: 20, digits: 30 } },
    'length is 20. It must be at least 30, as many as digits and symbols together. Example: digits: 5, symbols: 0.',
  ],
  [
    { spec: { symbolCharacters: 'ab' } },
    'symbolCharacters is "ab". Allowed: ASCII symbols: no letters, digits, spaces or other characters. Example: "-_.~".',
  ],
  [
    { noUpper: true, spec: { allowRepeat: false, length: 44 } },
    'length is 44. It must be at most 34 where no character may occur twice. Example: allowRepeat: true.',
  ],
  [
    { spec: { encoding: 'rot13' as never } },
    'spec.encoding is "rot13". Allowed: one of raw, base64, base64url, base32, hex. Example: "raw".',
  ],
])('%j is impossible', (props, message) => {
  expect(refusal(() => make(props))).toBe(`soyo/apps/shop/shop/app/pw: ${message}`);
});

test('symbols reach ESO as they stand, also where Flux replaces variables', () => {
  const symbols = (kustomization: FluxKustomizationProps) => {
    const { app, cluster } = emptyCluster();
    const { directory } = new Application(cluster, 'shop', { kustomization });
    new PasswordGenerator(directory, 'pw', { symbolCharacters: '$$${}' });
    return (reader(app.tree()).find('Password', 'pw').spec as { symbolCharacters: string }).symbolCharacters;
  };
  expect(symbols({})).toBe('$$${}');
  expect(symbols({ postBuild: { substitute: { a: 'b' } } })).toBe('$$$$$${}');
});
