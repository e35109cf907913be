import type { Resource } from '../../graph/resource';
import { containersOf, podTemplate } from '../../graph/workload';
import { at, listAt, textAt } from '../../json/read';
import { listedCode } from '../../text/listed';
import { effect, ofPresent } from '../effect';

/** Pods that get hold of their node, or of more than they had (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export const privileges = ofPresent(/./, function* ({ before, after }) {
  const old = new Set(before === undefined ? [] : privilegesOf(before));
  const come = privilegesOf(after).filter((privilege) => !old.has(privilege));
  if (come.length === 0) return;
  const grave = come.some((privilege) => /^(?:privileged|hostPID|hostPath)/.test(privilege));
  yield effect('other', grave ? 'high' : 'medium', `gains privileges on its node: ${listedCode(new Set(come), 5)}`);
});

function privilegesOf(resource: Resource): string[] {
  const pod = podTemplate(resource);
  if (pod === undefined) return [];
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => at(pod.spec, field) === true);
  const paths = listAt(pod.spec, 'volumes').flatMap((volume) => textAt(volume, 'hostPath', 'path') ?? []);
  const own = containersOf(pod).flatMap(({ value }) => {
    const context = at(value, 'securityContext');
    return [
      ...(at(context, 'privileged') === true ? ['privileged'] : []),
      ...listAt(context, 'capabilities', 'add').map((capability) => `capability ${capability}`),
    ];
  });
  return [...host, ...paths.map((path) => `hostPath ${path}`), ...own];
}
