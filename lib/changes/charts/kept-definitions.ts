import type { Resource } from '../../graph/resource';
import { differences, isBelow } from '../difference';
import { definitionFields, isUntouched, kindOf } from './definitions';
import type { Upgrade } from './releases';

/** The kinds whose definitions a chart changes in its `crds/`, and Flux does not. */
export function keptDefinitions({ after, from, to }: Upgrade): string[] {
  const old = new Map(from.objects.map((object) => [object.name, object]));
  return to.objects.flatMap((object) => {
    const was = old.get(object.name);
    return isUntouched(object, after) && was?.chart !== undefined && isOtherKind(was, object) ? [kindOf(object)] : [];
  });
}

function isOtherKind(before: Resource, after: Resource): boolean {
  const fields = differences(before.value, after.value, undefined).filter(({ path }) => isBelow(path, 'spec'));
  return definitionFields(fields).length > 0;
}
