import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../lib/checks';
import { repository } from '../repository';

/** Names that begin a clause with a capital. */
const proper = /^(?:Backstage|CloudNativePG|ESO|External Secrets|Flux|Kubernetes|Vault)\b/;

describe.each(checks.map((check) => [check.id, check] as const))('%s says of itself', (_, check) => {
  it('its fault as a heading', () => {
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
  });

  it.each(['atRunTime', 'remedy'] as const)('%s as a clause in lower case without a full stop', (field) => {
    expect(check[field].replace(proper, 'it')).toMatch(/^[a-z].*[^.]$/);
  });

  it('where its fact is from', () => {
    expect(check.source).toMatch(/^https:\/\/\S+$|^[\w./-]+ [\w./-]+|^docs\/\S+$/);
  });
});

describe('messages', () => {
  const rules = join(repository, 'test', 'checks', 'rules');
  const texts = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.txt'));

  it.each(texts)('of %s begin with the thing at fault and end without a full stop', (path) => {
    const lines = readFileSync(join(rules, path), 'utf8').split('\n');
    const messages = lines.flatMap((line) => /^\S+?:\d+:\d+ (.*)$/.exec(line)?.[1] ?? []);
    const verbs = /^(?:is|has|must|leads|holds|gives|changes|fails|replaces|lies)\b/;
    expect(messages.filter((message) => verbs.test(message) || message.endsWith('.'))).toEqual([]);
  });
});
