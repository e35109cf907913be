import type { Resource } from '../../graph/resource';
import type { Json } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { listed } from '../../text/listed';
import { effect, type Happening, ofPresent } from '../effect';

/** Rights that a change gives or takes: of roles, and of whom they are bound to. */
export const permissions = ofPresent(/^rbac\.authorization\.k8s\.io\//, ({ before, after }) =>
  /Binding$/.test(after.kind) ? ofBinding(before, after) : ofRole(before, after),
);

/** Rights that lead to all others (https://kubernetes.io/docs/concepts/security/rbac-good-practices/). */
const mighty =
  /^(?:\* |\S+ \*$|(?:get|list|watch) secrets$|(?:escalate|bind) (?:cluster)?roles|impersonate |create (?:pods\/exec|serviceaccounts\/token|pods\/attach)$|\S+ nodes\/proxy$)/;

function* ofRole(before: Resource | undefined, after: Resource): Generator<Happening> {
  const [old, now] = [rightsOf(before), rightsOf(after)];
  const come = [...now].filter((right) => !old.has(right));
  const gone = [...old].filter((right) => !now.has(right) && !now.has('* *'));
  const grave = come.filter((right) => mighty.test(right));
  if (grave.length > 0) {
    const more = grave.includes('* *') ? '' : ', which leads to further rights';
    yield effect('other', 'high', `now allows ${quoted(grave)}${more}`);
  } else if (come.length > 0 && before !== undefined) yield effect('other', 'medium', `now allows ${quoted(come)}`);
  if (gone.length > 0 && before !== undefined) yield effect('other', 'medium', `no longer allows ${quoted(gone)}`);
}

/** `get secrets`, `* *`: verb and resource, with the group where it is not the core one. */
function rightsOf(role: Resource | undefined): ReadonlySet<string> {
  const rights = new Set<string>();
  for (const rule of listAt(role?.value, 'rules').slice(0, 500)) {
    const names = listAt(rule, 'resourceNames').length > 0 ? ' by name' : '';
    const targets = [
      ...textsOf(rule, 'resources').flatMap((resource) =>
        textsOf(rule, 'apiGroups').map((one) =>
          one === '' || one === '*' || resource === '*' ? resource : `${resource}.${one}`,
        ),
      ),
      ...textsOf(rule, 'nonResourceURLs'),
    ];
    for (const verb of textsOf(rule, 'verbs')) for (const target of targets) rights.add(`${verb} ${target}${names}`);
  }
  return rights;
}

function textsOf(rule: Json, field: string): string[] {
  return listAt(rule, field).filter((item) => typeof item === 'string');
}

function* ofBinding(before: Resource | undefined, after: Resource): Generator<Happening> {
  const old = before === undefined ? new Set<string>() : new Set(subjectsOf(before));
  const now = subjectsOf(after);
  const come = now.filter((subject) => !old.has(subject));
  const gone = [...old].filter((subject) => !now.includes(subject));
  const [kind, name] = ['kind', 'name'].map((field) => textAt(after.value, 'roleRef', field) ?? '?');
  const role = `${kind} \`${name}\``;
  const grave = kind === 'ClusterRole' && /^(?:cluster-admin|admin)$/.test(name ?? '');
  if (come.length > 0 && (grave || before !== undefined))
    yield effect('other', grave ? 'high' : 'medium', `gives ${role} to ${quoted(come)}`);
  if (gone.length > 0) yield effect('other', 'medium', `takes ${role} from ${quoted(gone)}`);
}

function subjectsOf({ value }: Resource): string[] {
  return listAt(value, 'subjects').map((subject) => {
    const [kind = '?', name = '?', namespace] = ['kind', 'name', 'namespace'].map((field) => textAt(subject, field));
    return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  });
}

function quoted(items: readonly string[]): string {
  return listed(
    items.map((item) => (item === '* *' ? 'everything (`* *`)' : `\`${item}\``)),
    4,
  );
}
