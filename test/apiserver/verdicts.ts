import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutation, mutated, type Path } from './mutations';
import { validObjects } from './valid-objects';

/** An object, and whether the API server refuses it. */
export interface Judged {
  readonly what: string;
  readonly object: Record<string, unknown>;
  readonly refused: boolean;
}

/** A line of verdicts.jsonl: of which valid object, refused or not (1 or 0), where, and the value there; without one, none is left. */
export type Line = [name: string, refused: 0 | 1, at?: Path, value?: unknown];

/**
 * Valid objects with a random change each, and what kube-apiserver 1.36.3 said of a server-side apply as kustomize-controller sends
 * it, with the definitions and webhooks of External Secrets 2.9.0, CloudNativePG 1.30.0 and cert-manager 1.21.2, and the definitions of
 * Flux 2.9.4, Flux Operator 0.58 and Gateway API 1.6.1. A few are left out that are accepted and do not work, which check reports: what
 * a controller refuses later, and ports of nodes that only a dry run accepts.
 */
export function verdicts(): Judged[] {
  const valid = validObjects();
  return readFileSync(join(__dirname, 'verdicts.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .map(([name, refused, at, value]) => {
      const object = valid.get(name);
      if (object === undefined) throw new Error(`verdicts.jsonl: there is no valid object ${name}`);
      if (at === undefined) return { what: name, object, refused: refused === 1 };
      const mutation: Mutation = { at, name: '', value };
      const shown = value === undefined ? 'removed' : JSON.stringify(value).slice(0, 100);
      return { what: `${name} ${at.join('.')}: ${shown}`, object: mutated(object, mutation), refused: refused === 1 };
    });
}
