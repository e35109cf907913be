import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import {
  type Execution,
  execute,
  NotFollowed,
  parseTemplate,
  TemplateError,
  TemplateTooLong,
  undefinedFunction,
} from '../../systems/go-template';
import type { Nodes } from '../../systems/go-template/template';
import type { ValueMap } from '../../systems/go-template/values';
import { memoizeText } from '../../text/memoize';
import { printDocument } from '../substitution/print-document';
import type { SetPart } from './contents';
import { delimiters, executionWith } from './functions';

/** An object that a part of a ResourceSet makes of one input. */
export interface Filled {
  readonly value: JsonObject;
  /** Of a text: the document that it was read of, and of each of its lines the line of the template. */
  readonly text?: { readonly document: string; readonly lines: readonly number[] };
}

/** Why a part makes nothing: a clause that begins with what is at fault, and where. */
export interface PartFault {
  readonly message: string;
  /** Of an object: the way to the text at fault. Of a text: the line. */
  readonly at: { readonly path: SetPart['path'] } | { readonly line: number };
}

export type FilledPart =
  | { readonly type: 'filled'; readonly objects: readonly Filled[] }
  | { readonly type: 'open'; readonly why: string }
  | { readonly type: 'fails'; readonly fault: PartFault };

/**
 * What a template of a ResourceSet makes of an input, as the operator does: it prints an object as YAML, fills that in, and reads it again
 * (flux-operator 0.58: internal/builder/resourceset.go, BuildResource, BuildResourcesFromYAML).
 */
export function fill({ template }: SetPart, inputs: ValueMap, budget: Execution['budget']): FilledPart {
  return typeof template === 'string' ? fillText(template, inputs, budget) : fillObject(template, inputs, budget);
}

function fillObject(template: Json, inputs: ValueMap, budget: Execution['budget']): FilledPart {
  if (!isJsonObject(template)) return { type: 'filled', objects: [] };
  const printed = printDocument(template, (text) => text.includes(delimiters.open));
  if (printed.spans.length === 0) return { type: 'filled', objects: [{ value: template }] };
  const pathOf = (line: number) => {
    const end = offsetOf(printed.text, line + 1);
    return printed.spans.findLast(({ start }) => start < end)?.path ?? [];
  };
  const made = run(printed.text, inputs, budget);
  if (made.type === 'open') return made;
  if (made.type === 'fails')
    return { type: 'fails', fault: { message: made.message, at: { path: pathOf(made.line) } } };
  const [document] = documentsIn(made.text);
  const { readDocument } = require('../substitution/read-document') as typeof import('../substitution/read-document');
  const read = readDocument(document?.text ?? '');
  if ('error' in read) {
    if (isDoubtful(read.error)) return { type: 'open', why: doubtful };
    const message = `what its template makes is no YAML (${read.error})`;
    return { type: 'fails', fault: { message, at: { path: printed.spans[0]?.path ?? [] } } };
  }
  const { share } =
    require('../substitution/substitute-document') as typeof import('../substitution/substitute-document');
  if (textAt(read.value, 'kind') === undefined)
    return { type: 'fails', fault: { message: noKind, at: { path: ['kind'] } } };
  return { type: 'filled', objects: [{ value: share(template, read.value) as JsonObject }] };
}

const doubtful = 'a text of several lines stands within quotes';

/** Go lets the lines of a quoted text begin anywhere, our reader does not. */
function isDoubtful(error: string): boolean {
  return error === 'missing closing quote';
}

const noKind = 'what its template makes has no kind';

function fillText(template: string, inputs: ValueMap, budget: Execution['budget']): FilledPart {
  const made = run(template, inputs, budget);
  if (made.type === 'open') return made;
  if (made.type === 'fails') return { type: 'fails', fault: { message: made.message, at: { line: made.line } } };
  const objects: Filled[] = [];
  const { readDocument } = require('../substitution/read-document') as typeof import('../substitution/read-document');
  for (const document of documentsIn(made.text)) {
    const lines = document.text.split('\n').map((_, i) => made.lines[document.line + i] ?? 1);
    const fails = (message: string): FilledPart => ({ type: 'fails', fault: { message, at: { line: lines[0] ?? 1 } } });
    if (document.separator !== '') {
      return fails(`what its template makes is no YAML (${JSON.stringify(document.separator)} behind ---)`);
    }
    // Of nothing but comments.
    if (!/^\s*[^\s#]/m.test(document.text)) continue;
    const read = readDocument(document.text);
    if ('error' in read && isDoubtful(read.error)) return { type: 'open', why: doubtful };
    if ('error' in read) return fails(`what its template makes is no YAML (${read.error})`);
    const { value } = read;
    if (typeof value.kind !== 'string' || value.kind === '') return fails(noKind);
    const text = { document: document.text, lines };
    for (const object of objectsOf(value)) objects.push({ value: object, text });
  }
  return { type: 'filled', objects };
}

/** The objects of a document: those of a list, else itself; what is no object of Kubernetes is left out (fluxcd/pkg ssa/utils/object.go, ReadObjects). */
function objectsOf(value: JsonObject): JsonObject[] {
  if (Array.isArray(value.items)) return listAt(value, 'items').filter(isJsonObject);
  const [apiVersion = '', name] = [textAt(value, 'apiVersion'), textAt(value, 'metadata', 'name')];
  const isKustomization =
    textAt(value, 'kind') === 'Kustomization' && apiVersion.startsWith('kustomize.config.k8s.io/');
  return apiVersion === '' || name === undefined || name === '' || isKustomization ? [] : [value];
}

type Run =
  | { readonly type: 'made'; readonly text: string; readonly lines: readonly number[] }
  | { readonly type: 'open'; readonly why: string }
  | { readonly type: 'fails'; readonly message: string; readonly line: number };

function run(template: string, inputs: ValueMap, budget: Execution['budget']): Run {
  try {
    const nodes = parsed(template);
    const execution = executionWith(inputs, budget);
    const missing = undefinedFunction(nodes, execution);
    if (missing !== undefined) return { type: 'fails', message: missing.message, line: missing.line };
    return { type: 'made', ...execute(nodes, execution) };
  } catch (error) {
    if (error instanceof NotFollowed || error instanceof TemplateTooLong) return { type: 'open', why: error.message };
    if (error instanceof TemplateError) return { type: 'fails', message: error.message, line: error.line };
    // The stack is at its end.
    if (error instanceof RangeError) return { type: 'open', why: 'its template is nested too deeply' };
    throw error;
  }
}

/** Each is filled in with every input. */
const parse = memoizeText((template): Nodes | TemplateError => {
  try {
    return parseTemplate(template, { delimiters });
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
});

function parsed(template: string): Nodes {
  const found = parse(template);
  if (found instanceof TemplateError) throw found;
  return found;
}

/** The documents of a text (apimachinery 0.36, pkg/util/yaml/decoder.go): `line` counts from 0, `separator` is what stands behind `---` and should not. */
function* documentsIn(
  text: string,
): Generator<{ readonly text: string; readonly line: number; readonly separator: string }> {
  let [begin, lines]: [number, string[]] = [0, []];
  for (const [i, line] of text.split('\n').entries()) {
    if (!line.startsWith('---')) {
      lines.push(line);
      continue;
    }
    const behind = line.slice(3).trim();
    yield { text: `${lines.join('\n')}\n`, line: begin, separator: '' };
    if (behind !== '' && !behind.startsWith('#')) yield { text: '', line: i, separator: behind };
    [begin, lines] = [i + 1, []];
  }
  yield { text: `${lines.join('\n')}\n`, line: begin, separator: '' };
}

function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let i = 1; i < line; i += 1) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}
