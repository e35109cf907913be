import { generatedRaw } from '../../graph/external-secrets/generated';
import type { GeneratorSpec } from '../../graph/external-secrets/generators';
import { templatesIn } from '../../graph/external-secrets/templates';
import { step } from '../../graph/identity';
import { textAt } from '../../json/read';
import { symbolsIn } from '../../systems/external-secrets/password';
import type { ClusterCheck } from '../check';

export const passwordInUri: ClusterCheck = {
  id: 'eso/password-in-uri',
  severity: 'error',
  title: 'Password in an address without encoding',
  atRunTime:
    'a password with one of the characters @ / ? # % splits the address in the wrong place, and the login fails',
  remedy:
    'encode the password ({{ .password | urlquery }}), or give the generator safe symbolCharacters, such as "-_.~"',
  source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  *check(cluster) {
    for (const { resource, path, text, asked } of templatesIn(cluster)) {
      if (!text.includes('://') || asked.resource.kind.endsWith('PushSecret')) continue;
      const raw = generatedRaw(cluster, asked);
      for (const { key, where } of keysInAddresses(text)) {
        const generator = raw.get(key);
        const unsafe = generator && breaking(generator, where);
        if (generator === undefined || unsafe === undefined) continue;
        yield {
          at: { resource, path },
          message: `\`.${key}\` is not encoded in an address, and ${generator.resource.kind} ${generator.resource.name} may generate ${unsafe}`,
          chain: [step(asked.resource), step(generator.resource)],
        };
      }
    }
  },
};

type Part = 'credentials' | 'query';

/** `{{ .key }}` and `{{ index . "key" }}`, without anything that encodes it. */
const bare = /\{\{-?\s*(?:\$?\.(\w+)|index\s+[.$]\s+"([^"]+)")\s*(?:\|\s*(?:toString|trim|nospace)\s*)*-?\}\}/;
const action = /\{\{[^{}]*\}\}/g;
const marked = '\u0001(\\d+)\u0001';
const addresses: Readonly<Record<Part, RegExp>> = {
  credentials: new RegExp(`[a-z][a-z0-9+.-]{0,40}://[^\\s/?#@]*${marked}[^\\s/?#@]*@`, 'gi'),
  query: new RegExp(`://\\S{0,2000}[?&][\\w.-]+=${marked}`, 'g'),
};

function keysInAddresses(text: string): { key: string; where: Part }[] {
  const keys: string[] = [];
  const plain = text.replace(action, (found) => {
    const match = bare.exec(found);
    const key = match?.[1] ?? match?.[2];
    return key === undefined || match?.[0] !== found ? 'x' : `\u0001${keys.push(key) - 1}\u0001`;
  });
  if (keys.length === 0) return [];
  return (['credentials', 'query'] as const).flatMap((where) =>
    [...plain.matchAll(addresses[where])].flatMap((match) => {
      const key = keys[Number(match[1])];
      return key === undefined ? [] : [{ key, where }];
    }),
  );
}

/** What a generator may put into a password that ends or changes this part of an address. */
function breaking(generator: GeneratorSpec, where: Part): string | undefined {
  if (generator.kind !== 'Password') return undefined;
  const special = where === 'credentials' ? /[@/?#%]/g : /[&#%]/g;
  if (textAt(generator.spec, 'encoding') === 'base64') return where === 'credentials' ? '/' : undefined;
  const found = [...new Set(symbolsIn(generator.spec)?.match(special) ?? [])];
  return found.length === 0 ? undefined : found.join(' ');
}
