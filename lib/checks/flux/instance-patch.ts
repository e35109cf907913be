import { instanceKind, instancesAmong } from '../../graph/flux/instances';
import type { JsonObject } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import { groupKind } from '../../systems/api-version';
import type { InstanceObject } from '../../systems/flux-operator/instance';
import { goRegularExpression } from '../../systems/go-pattern';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';

export const instancePatch: ClusterCheck = {
  id: 'flux/instance-patch',
  severity: 'warning',
  title: 'Patch of a FluxInstance that matches nothing',
  atRunTime: 'the patch has no effect on what the Flux Operator installs, and nothing reports it',
  remedy: 'correct kind and name of the target, list the component that it is for, or remove the patch',
  source: 'flux-operator 0.58 internal/builder/build.go, templates.go; kustomize api/types/selector.go',
  *check(cluster) {
    const found = cluster.resources.filter((resource) => groupKind(resource) === instanceKind);
    for (const { resource, objects } of instancesAmong(found)) {
      for (const [i, patch] of listAt(resource.value, 'spec', 'kustomize', 'patches').entries()) {
        const target = objectAt(patch, 'target');
        if (target === undefined || isOpen(target)) continue;
        if (objects.some((object) => matches(target, object, resource.namespace))) continue;
        const name = textAt(target, 'name') ?? '';
        const alike = objects.filter(({ kind }) => fits(textAt(target, 'kind'), kind)).map((object) => object.name);
        const at = name === '' ? 'kind' : 'name';
        yield {
          at: { resource, path: ['spec', 'kustomize', 'patches', i, 'target', at] },
          message:
            `what the operator installs has no ${textAt(target, 'kind') ?? 'object'} ${name}`.trimEnd() +
            didYouMean(nearest(name, alike)),
        };
      }
    }
  },
};

/** Whether labels or annotations choose, of which nobody knows all; or versions, which depend on Flux's release. */
function isOpen(target: JsonObject): boolean {
  return ['labelSelector', 'annotationSelector', 'version'].some((field) => (textAt(target, field) ?? '') !== '');
}

function matches(target: JsonObject, { group, kind, namespace, name }: InstanceObject, own: string): boolean {
  // A role is found by the name that it has before its suffix, too.
  const names = [name, name.endsWith(`-${own}`) ? name.slice(0, -own.length - 1) : name];
  return (
    fits(textAt(target, 'group'), group) &&
    fits(textAt(target, 'kind'), kind) &&
    (fits(textAt(target, 'namespace'), namespace) || textAt(target, 'namespace') === own) &&
    names.some((one) => fits(textAt(target, 'name'), one))
  );
}

/** Fields of a target are regular expressions, which match as a whole. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === '') return true;
  const expression = goRegularExpression(`^(?:${pattern})$`);
  return expression === undefined || expression.matcher(text).find();
}
