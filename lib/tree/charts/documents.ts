import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { compareText } from '../../text/compare';
import { parseFile } from '../source/parse';
import type { RenderedObject, Rendering } from './chart';

export type Failed = Extract<Rendering, { type: 'failed' }>;

/** More than any chart makes: crossplane's largest have some hundred. */
const maximumObjects = 10_000;

/**
 * The objects of what helm prints, in an order of their own: that of Helm's versions differs. They are read as Flux reads them, whose
 * post-renderer is kustomize (helm-controller 1.6 internal/postrender).
 */
export function readObjects(output: string): readonly RenderedObject[] | Failed {
  const objects: RenderedObject[] = [];
  for (const { template, text } of partsOf(output)) {
    const { documents, faults } = parseFile(template, text);
    const isDefinitions = isOfCrds(template);
    const fault = faults[0];
    // The files of crds/ are not put through kustomize.
    if (fault !== undefined && !(isDefinitions && faults.every(({ kind }) => kind === 'duplicate-key'))) {
      return { type: 'failed', template, message: `it makes YAML that Flux cannot read: ${fault.message}` };
    }
    for (const { value } of documents) {
      for (const item of itemsOf(value)) {
        const wrong = faultOf(item);
        if (wrong !== undefined) return { type: 'failed', template, message: wrong };
        const object = item as JsonObject;
        if (isDefinitions && object.kind !== 'CustomResourceDefinition') continue;
        objects.push({ value: object, template, hooks: isDefinitions ? [] : hooksOf(object) });
      }
    }
    if (objects.length > maximumObjects) {
      return {
        type: 'failed',
        template,
        message: `the chart makes more than ${maximumObjects.toLocaleString('en')} objects`,
      };
    }
  }
  return objects.sort(compareObjects);
}

/** Helm writes a comment before what each file makes (v4.3 pkg/cmd/template.go). */
function partsOf(output: string): readonly { readonly template: string; readonly text: string }[] {
  const heads = [...output.matchAll(/^---\n# Source: [^/\n]*\/([^\n]+)\n/gm)];
  return heads.map((head, i) => ({
    template: head[1] as string,
    text: output.slice(head.index + head[0].length, heads[i + 1]?.index),
  }));
}

/** Whether a file lies in a chart's, or subchart's, folder `crds/`. */
export function isOfCrds(template: string): boolean {
  return /^(?:charts\/[^/]+\/)*crds\//.test(template);
}

/** The items of a List, which is none itself (kustomize's api/resource/factory.go: inlineAnyEmbeddedLists). */
function itemsOf(value: Json): readonly Json[] {
  const isList = /List$/.test(textAt(value, 'kind') ?? '') && Array.isArray((value as JsonObject).items);
  return isList ? listAt(value, 'items').flatMap(itemsOf) : [value];
}

/** What neither Helm nor kustomize takes for an object. */
function faultOf(value: Json): string | undefined {
  if (!isJsonObject(value)) return 'it makes a document that is no object';
  const missing = ['apiVersion', 'kind'].find((field) => !textAt(value, field));
  return missing && `it makes an object without ${missing}`;
}

/** The hooks that an object is of; an annotation without one makes it none (Helm v4.3 pkg/release/v1/util/manifest_sorter.go). */
function hooksOf(value: JsonObject): readonly string[] {
  const text = textAt(value, 'metadata', 'annotations', 'helm.sh/hook');
  return text === undefined ? [] : text.split(',').map((hook) => hook.trim().toLowerCase());
}

function compareObjects(a: RenderedObject, b: RenderedObject): number {
  const order = ({ value, template }: RenderedObject) =>
    [template, textAt(value, 'kind'), textAt(value, 'metadata', 'namespace'), textAt(value, 'metadata', 'name')].join(
      '\n',
    );
  return compareText(order(a), order(b));
}
