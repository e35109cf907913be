import type { PodTemplate } from '../graph/workload';
import { at } from '../json/read';
import type { Fault } from '../systems/fault';
import { annotationFaults, type PodSecurity, podSecurityFaults } from '../systems/kubernetes/pod-security';

/** What a level of Pod Security refuses in the pod that an object runs; paths begin at the object. */
export function podFaults({ spec, path, metadata, metadataPath }: PodTemplate, level: PodSecurity): readonly Fault[] {
  const annotated = metadata === undefined ? [] : annotationFaults(at(metadata, 'annotations'));
  return [
    ...Array.from(podSecurityFaults(spec, level), (fault) => ({ ...fault, path: [...path, ...fault.path] })),
    ...Array.from(annotated, (fault) => ({ ...fault, path: [...metadataPath, 'annotations', ...fault.path] })),
  ];
}
