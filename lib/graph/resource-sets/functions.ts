import type { Json } from '../../json/json';
import { slug } from '../../systems/flux-operator/slug';
import type { Execution } from '../../systems/go-template';
import { FunctionError, type TemplateFunction, type Value, type ValueMap } from '../../systems/go-template/values';
import { notFollowedOfSlimSprig, slimSprig } from '../../systems/slim-sprig';
import { printYaml } from '../substitution/print-document';

export const delimiters = { open: '<<', close: '>>' };

/** What the templates of a ResourceSet may call (flux-operator 0.58: internal/builder/resourceset.go, newTemplate). */
export function executionWith(inputs: ValueMap, budget: Execution['budget']): Execution {
  const own: readonly (readonly [string, TemplateFunction])[] = [
    ['inputs', () => inputs],
    ['slugify', ([text]) => slug(textIn(text))],
    ['toYaml', ([value = null]) => printYaml(value as Json)],
    ['mustToYaml', ([value = null]) => printYaml(value as Json)],
  ];
  return { data: null, functions: new Map([...slimSprig, ...own]), notFollowed: notFollowedOfSlimSprig, budget };
}

function textIn(value: Value | undefined): string {
  if (typeof value !== 'string') throw new FunctionError('it takes a string');
  return value;
}
