import type { JsonObject } from '../../../json/json';
import { groupKind, groupVersion } from '../../api-version';
import type { Fault, Refusals } from '../../fault';
import { podTemplatePath } from '../../kinds/kinds';
import * as data from './data';
import * as jobs from './jobs';
import * as pods from './pods';

/** What the API server of Kubernetes 1.36 refuses in new objects of its own kinds, beyond what their schemas say. */
const refusals: Readonly<Record<string, readonly Refusals[]>> = {
  'batch/CronJob': [jobs.schedule],
  '/ConfigMap': [data.configMapKeys],
  '/Secret': [data.secretKeys],
};

/** The same of the pods in an object, wherever its kind has them. */
const ofPods = [pods.resources];

export function* faultsOf(object: JsonObject): Generator<Fault> {
  const kind = { group: groupVersion(String(object.apiVersion)).group, kind: String(object.kind) };
  for (const find of refusals[groupKind(kind)] ?? []) yield* find(object);
  const template = podTemplatePath(kind);
  if (template === undefined) return;
  for (const find of ofPods) yield* find(object, [...template, 'spec']);
}
