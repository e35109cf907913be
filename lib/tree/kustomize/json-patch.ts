import { deepEqual } from '../../json/deep-equal';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import type { Place } from './origin';
import { PatchFault } from './patch-fault';
import { copyOf, freeze, isNull, thaw, type Writable, type WritableList, type WritableMap } from './writable';

/**
 * Does the operations of a JSON patch (RFC 6902) to a value, as kustomize does (gopkg.in/evanphx/json-patch.v4 4.13, patch.go): `replace`
 * adds a key that is not there, and an index below zero counts from the end.
 *
 * @param at where the list of operations is written
 * @throws PatchFault
 */
export function patchJson(value: Writable, operations: readonly Json[], at: Place): Writable {
  let root = value;
  const budget = { copies: maximumCopied };
  for (const [i, each] of operations.entries()) {
    const place = { document: at.document, path: [...at.path, i] };
    root = new Operation(root, isJsonObject(each) ? each : {}, place, budget).run();
  }
  return root;
}

/** The most values that one patch copies: each copy may double what is there. */
const maximumCopied = 100_000;

/** How many values a value holds, itself included. */
function sizeOf(node: Writable): number {
  if (node.kind === 'scalar') return 1;
  let size = 1;
  for (const each of node.kind === 'map' ? node.fields.values() : node.items) size += sizeOf(each);
  return size;
}

type Container = WritableMap | WritableList;

class Operation {
  constructor(
    private readonly root: Writable,
    private readonly given: JsonObject,
    private readonly at: Place,
    private readonly budget: { copies: number },
  ) {}

  /** @returns the root, which may be another then */
  run(): Writable {
    switch (this.given.op) {
      case 'add':
        this.add(this.value());
        break;
      case 'remove':
        this.remove(...this.target('path'));
        break;
      case 'replace':
        return this.replace();
      case 'move': {
        const [container, key] = this.target('from');
        const value = this.get(container, key, 'from');
        this.remove(container, key);
        this.add(value ?? this.nothing());
        break;
      }
      case 'copy': {
        const value = this.get(...this.target('from'), 'from');
        this.budget.copies -= value === undefined ? 1 : sizeOf(value);
        if (this.budget.copies < 0) {
          throw this.fault(
            'from',
            `from copies more than ${maximumCopied.toLocaleString('en')} values with those before`,
          );
        }
        this.add(value === undefined ? this.nothing() : copyOf(value));
        break;
      }
      case 'test':
        this.test();
        break;
      default:
        throw this.fault('op', `op must be add, remove, replace, move, copy or test`);
    }
    return this.root;
  }

  private add(value: Writable): void {
    const [container, key] = this.target('path');
    if (container.kind === 'map') {
      container.fields.set(key, value);
      return;
    }
    const size = container.items.length + 1;
    const index = key === '-' ? size - 1 : this.index(key, size, 'path');
    container.items.splice(index, 0, value);
  }

  private remove(container: Container, key: string): void {
    if (container.kind === 'list') container.items.splice(this.index(key, container.items.length, this.from()), 1);
    else if (!container.fields.delete(key)) throw this.missing(this.from(), key);
  }

  private replace(): Writable {
    const value = this.value();
    if (this.given.path === '') {
      if (value.kind === 'scalar') throw this.fault('value', 'an object is replaced by an object');
      return value;
    }
    const [container, key] = this.target('path');
    if (container.kind === 'map') container.fields.set(key, value);
    else container.items[this.index(key, container.items.length, 'path')] = value;
    return this.root;
  }

  private test(): void {
    const { path, value = null } = this.given;
    const found = path === '' ? this.root : this.get(...this.target('path'), 'path');
    if (!deepEqual(found === undefined ? null : freeze(found), value)) {
      throw this.fault('path', `the test fails: the value at ${String(path)} is not the one that it expects`);
    }
  }

  private get(container: Container, key: string, field: 'path' | 'from'): Writable | undefined {
    if (container.kind === 'map') return container.fields.get(key);
    return container.items[this.index(key, container.items.length, field)];
  }

  /** The map or list that a pointer leads into, and the last step. */
  private target(field: 'path' | 'from'): [Container, string] {
    const pointer = this.given[field];
    const steps = typeof pointer === 'string' ? pointer.split('/').slice(1).map(unescaped) : [];
    const last = steps.pop();
    if (last === undefined) throw this.fault(field, `${field} must be a pointer, such as /spec/replicas`);
    let container: Writable | undefined = this.root;
    for (const step of steps) {
      if (container?.kind === 'map') container = container.fields.get(step);
      else if (container?.kind === 'list') {
        container = container.items[this.index(step, container.items.length, field)];
      }
      if (isNull(container) || container.kind === 'scalar') throw this.missing(field, step);
    }
    return [container as Container, last];
  }

  /** As Go reads a number: `+1` and `01` are 1. */
  private index(key: string, size: number, field: 'path' | 'from'): number {
    const number = /^[+-]?\d+$/.test(key) ? Number(key) : Number.NaN;
    const index = number < 0 ? number + size : number;
    if (index >= 0 && index < size) return index;
    throw this.missing(field, key);
  }

  private value(): Writable {
    const { value } = this.given;
    if (value === undefined) return this.nothing();
    return thaw(value, { place: { document: this.at.document, path: [...this.at.path, 'value'] } });
  }

  private nothing(): Writable {
    return { kind: 'scalar', value: null, place: this.at };
  }

  private from(): 'path' | 'from' {
    return this.given.op === 'move' ? 'from' : 'path';
  }

  private missing(field: 'path' | 'from', step: string): PatchFault {
    return this.fault(field, `${String(this.given[field])} leads to nothing: the object has no ${step} there`);
  }

  private fault(field: string, message: string): PatchFault {
    return new PatchFault({ document: this.at.document, path: [...this.at.path, field] }, message);
  }
}

function unescaped(step: string): string {
  return step.replace(/~[01]/g, (escaped) => (escaped === '~1' ? '/' : '~'));
}
