import type { JsonObject } from '../../json/json';
import type { Fault } from '../../systems/fault';
import { groupFaults, patternFaults } from '../../systems/go-pattern';
import type { ClusterCheck } from '../check';
import { refusedFields } from '../refused-fields';

/** What is accepted and then fails, since the controllers are written in Go. */
export const patterns = [
  rule(patternFaults, {
    id: 'schema/go-pattern',
    title: 'Regular expression that Go does not read',
    atRunTime:
      'the object is accepted, and its controller fails or leaves the pattern out ("error parsing regexp: …"): no values are read, no tags selected, no messages filtered',
    remedy: 'write it in the syntax of RE2, without look-arounds and back-references',
    source: 'https://pkg.go.dev/regexp/syntax',
  }),
  rule(groupFaults, {
    id: 'schema/group-missing',
    title: 'Group that a regular expression does not have',
    atRunTime:
      'nothing is written in its place, and no error is reported: renamed keys are empty or equal, so that values are lost, and tags cannot be ordered',
    remedy: 'write ${1} rather than $1 where a letter, digit or "_" follows, or name a group of the pattern',
    source: 'https://pkg.go.dev/regexp#Regexp.Expand',
  }),
];

function rule(
  faults: (object: JsonObject) => Iterable<Fault>,
  texts: Pick<ClusterCheck, 'id' | 'title' | 'atRunTime' | 'remedy' | 'source'>,
): ClusterCheck {
  return {
    severity: 'error',
    ...texts,
    *check(cluster, graph) {
      for (const resource of cluster.resources)
        if (!resource.uncertain) yield* refusedFields(resource, faults(resource.value), cluster, graph);
    },
  };
}
