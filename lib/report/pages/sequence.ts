import { inline } from '../../graph/masking/printable';
import type { ReferenceUse } from '../../graph/secrets/secret-index';
import { display } from '../../graph/substitution';
import { consumersOf, storesNamed } from '../../graph/vault/made-secret';
import type { VaultAccess } from '../../graph/vault/vault-access';
import { textAt } from '../../json/read';
import { isWrittenOnce } from '../../systems/external-secrets/spec';
import { vaultPath } from '../../systems/external-secrets/vault-paths';
import { cut } from '../pictures/lines';
import { paragraphs } from './markdown';
import { databasesOf, isOwn, type Page, type Section } from './page';
import { picture } from './picture';
import { pushesOf, secretsOf } from './secrets';

/** Who does what, in the order in which it happens when the app is deployed for the first time. */
export const sequence: Section = {
  heading: 'End-to-end sequence',
  body(page) {
    const { lines, participants } = steps(page);
    if (participants.length < 2) return undefined;
    const diagram = [
      'sequenceDiagram',
      '  autonumber',
      ...participants.map(({ id, label }) => `  participant ${id} as ${text(label)}`),
      ...lines.map((line) => `  ${line}`),
    ];
    return paragraphs('From an empty cluster to a running app:', picture(diagram.join('\n')));
  },
};

interface Participant {
  readonly id: string;
  readonly label: string;
}

/** Messages in their order, and who takes part, in the order of the columns. */
class Sequence {
  readonly lines: string[] = [];
  private readonly found = new Map<string, Participant>();

  participant(key: string, label: string): string {
    const known = this.found.get(key);
    if (known !== undefined) return known.id;
    const base = label.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 60);
    const taken = new Set([...this.found.values()].map(({ id }) => id));
    // No word of Mermaid's own, and no two alike.
    let id = /^[A-Z]/.test(base) ? base : `Of_${base}`;
    for (let i = 2; taken.has(id); i += 1) id = `Of_${base}_${i}`;
    this.found.set(key, { id, label });
    return id;
  }

  message(from: string, to: string, what: string, arrow = '->>'): void {
    this.lines.push(`${from}${arrow}${to}: ${text(what)}`);
  }

  note(over: string, what: string): void {
    this.lines.push('rect rgba(127, 127, 127, 0.15)', `  Note over ${over}: ${text(what)}`, 'end');
  }

  participants(order: readonly string[]): Participant[] {
    const keys = [...this.found.keys()];
    const place = (key: string) => {
      const at = order.findIndex((prefix) => key.startsWith(prefix));
      return at < 0 ? order.length : at;
    };
    return keys.sort((a, b) => place(a) - place(b)).flatMap((key) => this.found.get(key) ?? []);
  }
}

function steps(page: Page): { readonly lines: readonly string[]; readonly participants: readonly Participant[] } {
  const { app } = page;
  const sequence = new Sequence();
  const secrets = secretsOf(page);
  const pushes = pushesOf(page);
  if (secrets.length + pushes.length + databasesOf(page).length === 0) return { lines: [], participants: [] };

  const api = sequence.participant('api', 'Kubernetes API');
  const eso = () => sequence.participant('eso', 'External Secrets');
  const store = (name: string) =>
    sequence.participant(`store ${name}`, oneStore(page) ? 'Vault' : name === '' ? 'stores' : `store ${name}`);
  for (const secret of secrets) {
    for (const [name, accesses] of byStore(secret, secret.reads)) {
      const paths = pathsOf(accesses).filter((path) => !pushed(page).has(path));
      if (paths.length > 0) sequence.note(store(name), `An operator writes the expected keys to ${paths.join(', ')}`);
    }
  }
  const flux = sequence.participant('flux', 'Flux');
  const needs = app.kustomization.dependsOn.map(({ name }) => name);
  sequence.message(
    flux,
    api,
    `Apply ${app.kustomization.name}${needs.length > 0 ? `, when ${needs.join(', ')} ${needs.length === 1 ? 'is' : 'are'} ready` : ''}`,
  );

  const loggedIn = new Set<string>();
  const logIn = (to: string, [access]: readonly VaultAccess[]) => {
    if (access === undefined || loggedIn.has(to)) return;
    loggedIn.add(to);
    const role = textAt(access.store.value, 'spec', 'provider', 'vault', 'auth', 'kubernetes', 'role');
    sequence.message(eso(), to, role === undefined ? 'Log in' : `Log in (Kubernetes auth, role ${role})`);
  };

  for (const made of secrets) {
    for (const [name, accesses] of byStore(made, made.reads)) {
      if (accesses.length === 0 && made.generators.length > 0) continue;
      logIn(store(name), accesses);
      const what = accesses.length === 0 ? `for ${made.resource.name}` : pathsOf(accesses).join(', ');
      sequence.message(eso(), store(name), `Read ${what}`);
    }
    for (const { kind, name } of made.generators) sequence.message(eso(), eso(), `Generate values (${kind} ${name})`);
    if (made.secret !== undefined) {
      sequence.message(
        eso(),
        api,
        `${isWrittenOnce(made.spec) ? 'Create' : 'Create or update'} Secret ${made.secret}${isWrittenOnce(made.spec) ? ', once' : ''}`,
      );
    }
  }
  for (const database of databasesOf(page)) {
    const cnpg = sequence.participant('cnpg', 'CloudNativePG');
    for (const made of secrets.filter(({ readers }) =>
      readers.some(({ resource, use }) => resource === database && use === 'bootstrap'),
    )) {
      sequence.message(cnpg, api, `Read Secret ${made.secret} for the owner of ${database.name}`);
    }
    sequence.message(cnpg, api, `Initialize Cluster ${database.name}, once`, '-->>');
  }
  for (const push of pushes) {
    if (push.secret !== undefined) sequence.message(eso(), api, `Read Secret ${push.secret}`);
    for (const [name, accesses] of byStore(push, push.writes)) {
      logIn(store(name), accesses);
      const what = accesses.length === 0 ? `values of ${push.resource.name}` : pathsOf(accesses).join(', ');
      sequence.message(eso(), store(name), `Write ${what} (PushSecret)`);
    }
  }
  for (const made of secrets) {
    for (const { resource, use } of consumersOf(made)) {
      if (made.secret === undefined || !running[use]) continue;
      // Of a Secret that another app makes, only what this one does with it.
      if (!isOwn(page, made.resource) && !isOwn(page, resource)) continue;
      const pod = sequence.participant(`pod ${resource.kind} ${resource.name}`, `${resource.kind} ${resource.name}`);
      const line = `Read Secret ${made.secret} ${running[use]}`;
      if (!sequence.lines.includes(`${pod}->>${api}: ${text(line)}`)) sequence.message(pod, api, line);
    }
  }
  return { lines: sequence.lines, participants: sequence.participants(['store', 'eso', 'flux', 'api', 'cnpg', 'pod']) };
}

/** How what runs takes a Secret; other uses are not part of the sequence. */
const running: Partial<Record<ReferenceUse, string>> = {
  env: 'as its container starts (env)',
  envFrom: 'as its container starts (envFrom)',
  volume: 'as files',
};

/** What is read or written of each store that is named; '' where labels select them, or none is named. */
function byStore(one: Parameters<typeof storesNamed>[0], accesses: readonly VaultAccess[]): [string, VaultAccess[]][] {
  const names = storesNamed(one);
  return (names.length === 0 ? [''] : names).map((name) => [
    name,
    accesses.filter(({ store }) => store.name === name || names.length === 0),
  ]);
}

function pathsOf(accesses: readonly VaultAccess[]): string[] {
  return [...new Set(accesses.map(vaultPath))];
}

/** Whether all that is read and written is in one store of Vault. */
function oneStore(page: Page): boolean {
  const all = [...secretsOf(page).flatMap(({ reads }) => reads), ...pushesOf(page).flatMap(({ writes }) => writes)];
  const named = new Set([...secretsOf(page), ...pushesOf(page)].flatMap(storesNamed));
  return named.size <= 1 && all.length > 0;
}

function pushed(page: Page): ReadonlySet<string> {
  return new Set(pushesOf(page).flatMap(({ writes }) => writes.map(vaultPath)));
}

/**
 * Any text as that of a message or a name, by Mermaid's own references: a semicolon or a line feed would end it, a hash begin a
 * reference, two per cent signs a directive. Broken into lines: columns are as far apart as their messages are long.
 */
function text(given: string): string {
  return lines(cut(inline(display(given)), longest))
    .map((line) => line.replace(/["#;:<>&%{}$\\]/g, (mark) => `#${mark.charCodeAt(0)};`))
    .join('<br/>');
}

const longest = 300;
const width = 38;

/** Breaks a text at spaces, and behind the slashes of what is too long for a line. */
function lines(text: string): string[] {
  const found: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=[ /])/)) {
    if (line !== '' && [...line, ...part.trimEnd()].length > width) {
      found.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...found, line.trimEnd()];
}
