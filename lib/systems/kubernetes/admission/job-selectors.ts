import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, keysAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { givenText, isUnknown } from '../../given';
import { isWord, wrong } from './rules';
import { selects } from './selectors';

/** A selector that the Job makes, unless its author asks to make one. (validateGeneratedSelector, ValidateJobSpec) */
export function* selectorOfJob(object: JsonObject): Generator<Fault> {
  const spec = at(object, 'spec');
  const selector = at(spec, 'selector');
  const labels = at(spec, 'template', 'metadata', 'labels');
  const path = ['spec', 'selector'];
  if (isUnknown(spec, 'manualSelector') || isUnknown(spec, 'template', 'metadata', 'labels')) return;
  if (at(spec, 'manualSelector') === true) {
    if (!isJsonObject(selector)) yield* wrong('given with manualSelector', path);
    else if (selects(selector, labels) === false)
      yield* wrong('labels that the template has', path, {
        value: null,
        says: '`selector` does not match template `labels`',
      });
    return;
  }
  const name = givenText(at(object, 'metadata', 'name'));
  for (const key of keysAt(labels)) {
    const value = at(labels, key);
    const allowed = ofJob.includes(key)
      ? 'left out, as the API server sets it'
      : namesOfJob.includes(key)
        ? name
        : value;
    if (isWord(value) && allowed !== undefined && value !== allowed)
      yield* wrong(allowed as string, ['spec', 'template', 'metadata', 'labels', key]);
  }
  const own = Object.fromEntries([...ofJob, ...namesOfJob].map((key) => [key, name ?? '']));
  const given = {
    matchLabels: without(at(selector, 'matchLabels')),
    matchExpressions: at(selector, 'matchExpressions') ?? null,
  };
  if (name !== undefined && selects(given, own) === false)
    yield* wrong('left out, or given with manualSelector: true', path, {
      value: null,
      says: '`selector` not auto-generated',
    });
}

const ofJob = ['batch.kubernetes.io/controller-uid', 'controller-uid'];
const namesOfJob = ['batch.kubernetes.io/job-name', 'job-name'];
const without = (labels: Json | undefined): JsonObject =>
  isJsonObject(labels) ? Object.fromEntries(Object.entries(labels).filter(([key]) => !ofJob.includes(key))) : {};
