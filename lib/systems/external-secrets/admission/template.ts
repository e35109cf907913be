import type { JsonObject } from '../../../json/json';
import { at, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';
import { givenText } from '../../given';

const path = ['spec', 'target', 'template'];
const account = 'kubernetes.io/service-account-token';

/** (externalsecret_validator.go: validatePrivilegedTemplate, validateTemplateFromTarget) */
export function* template(object: JsonObject): Generator<Fault> {
  const made = objectAt(object, ...path);
  if (made === undefined) return;
  const type = textAt(made, 'type');
  const name = 'kubernetes.io/service-account.name';
  const targets = listAt(made, 'templateFrom').map((item) => givenText(at(item, 'target')));
  if (type === 'bootstrap.kubernetes.io/token')
    yield { path: [...path, 'type'], allowed: 'another type', says: `template.type="${type}" is not allowed` };
  if (type === account && at(made, 'metadata', 'annotations', name) !== undefined)
    yield {
      path: [...path, 'metadata', 'annotations', name],
      allowed: `left out of a template of the type ${account}`,
      says: `template.type="${type}" with annotation "${name}" is not allowed`,
    };
  const manifest = objectAt(object, 'spec', 'target', 'manifest');
  const secret = manifest === undefined || (manifest.apiVersion === 'v1' && manifest.kind === 'Secret');
  for (const [i, target] of targets.entries()) {
    if (target === undefined || !isKnown(target)) continue;
    const at = [...path, 'templateFrom', i, 'target'];
    const known = ['data', 'annotations', 'labels'].includes(target.toLowerCase());
    if (secret && !known)
      yield {
        path: at,
        allowed: 'Data, Annotations or Labels',
        says: `templateFrom target="${target}" is not allowed when targeting a Secret`,
      };
    else if (type === account && target.toLowerCase() === 'annotations')
      yield { path: at, allowed: `Data or Labels in a template of the type ${account}` };
  }
}
