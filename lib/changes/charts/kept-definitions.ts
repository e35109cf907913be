import type { Resource } from '../../graph/resource';
import { differences, isBelow } from '../difference';
import type { Side } from '../side';
import { definitionFields, isUntouched, kindOf } from './definitions';
import type { Upgrade } from './releases';

/** The kinds whose definitions a chart changes in its `crds/`, and nothing in the cluster does: neither Flux nor another chart. */
export function keptDefinitions({ after, from, to }: Upgrade, head: Side | undefined): string[] {
  // kube-prometheus-stack has a Job that applies its definitions before each upgrade (crds.upgradeJob), and others have taken after it.
  const isApplied = to.objects.some(
    ({ kind, name, chart }) => kind === 'Job' && chart?.hooks.length && /crd/i.test(name),
  );
  if (isApplied) return [];
  const old = new Map(from.objects.map((object) => [object.name, object]));
  return to.objects.flatMap((object) => {
    const was = old.get(object.name);
    const isKept = isUntouched(object, after) && was?.chart !== undefined && isOtherKind(was, object);
    const isElsewhere = (head?.cluster.find(object).length ?? 0) > 1;
    return isKept && !isElsewhere ? [kindOf(object)] : [];
  });
}

function isOtherKind(before: Resource, after: Resource): boolean {
  const fields = differences(before.value, after.value, undefined).filter(({ path }) => isBelow(path, 'spec'));
  return definitionFields(fields).length > 0;
}
