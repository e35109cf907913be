import { textAt } from '../../json/read';
import { groupVersion } from '../../systems/api-version';
import type { Drafting, Said } from '../draft';
import type { WrittenObject } from '../survey';
import { cnpg } from './cnpg';
import { externalSecrets } from './external-secrets';
import { flux } from './flux';
import type { Form, Lift } from './form';
import { gateway } from './gateway';
import { kinds } from './kinds';
import { kubernetes } from './kubernetes';

export type { Form } from './form';

/** By `group/Kind`. */
const lifts: Readonly<Record<string, Lift>> = {
  ...cnpg,
  ...externalSecrets,
  ...flux,
  ...gateway,
  ...kinds,
  ...kubernetes,
};

/** The ways to say an object, the best first. The last one makes any object. */
export function formsOf({ value }: WrittenObject): readonly Form[] {
  const lift = lifts[`${groupVersion(value.apiVersion).group}/${value.kind}`];
  return lift === undefined ? plain : lifted(lift);
}

const plain: readonly Form[] = [
  { name: 'typed object', handles: true, make: manifest },
  { name: 'object', handles: false, make: manifest },
];

function lifted(lift: Lift): readonly Form[] {
  const make = (drafting: Drafting) => lift(drafting) ?? manifest(drafting);
  return [{ name: 'construct', handles: true, make }, { name: 'construct', handles: false, make }, ...plain];
}

function manifest({ value, id }: Drafting): Said {
  const { metadata, ...fields } = value;
  const isNamedById = textAt(value as never, 'metadata', 'name') === id && Object.keys(metadata as object).length === 1;
  const { apiVersion, kind, ...rest } = fields;
  const said = { apiVersion, kind, ...(!isNamedById && { metadata: metadata ?? null }), ...rest };
  return { className: 'Manifest', props: said as Said['props'] };
}
