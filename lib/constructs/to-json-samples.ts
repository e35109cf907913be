import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';

/** API objects that hold everything that cdk8s treats in a way of its own when it renders them, what it refuses included. */
export function samples(): ApiObject[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop', labels: { team: 'shop', 'a/b': '' } });
  const sample = (spec: unknown, metadata: object = {}, more: object = {}) =>
    new ApiObject(chart, `sample-${chart.node.children.length}`, {
      ...{ kind: 'Sample', apiVersion: 'example.org/v1', spec },
      ...{ metadata, ...more },
    });

  const everything = sample(values(), {
    ...{ generation: 1, labels: { z: Lazy.any({ produce: () => 'lazy' }) }, annotations: {} },
    ...{ finalizers: ['b', 'a'], ownerReferences: [{ name: 'x', uid: null, empty: [] }] },
    managedFields: values(),
  });
  everything.metadata.addAnnotation('note', '');
  everything.metadata.add('added', values());

  const patched = sample(values(), {}, { status: {}, data: null, 10: 'ten', 9: 'nine' });
  patched.addJsonPatch(JsonPatch.add('/a', values()), JsonPatch.remove('/spec/none'));
  patched.addJsonPatch(
    JsonPatch.copy('', '/copy'),
    JsonPatch.replace('/metadata/name', null),
    JsonPatch.move('/status', '/kind'),
  );

  const unpatchable = sample({});
  unpatchable.addJsonPatch(JsonPatch.test('/spec', 1));

  return [everything, patched, unpatchable, sample([]), sample(new Date(0)), sample({ constructor: '' })];
}

/** Scalars, tokens within tokens, what is empty, what is dropped; keys in no order. */
function values(): Record<string, unknown> {
  const list = [[], {}, '', 0, false, null, undefined, { b: undefined, a: [{}] }];
  return {
    ...{ none: '', zero: 0, no: false, list, empty: [], object: {}, deep: { object: {} }, null: null, Upper: '\u00e9' },
    lazy: Lazy.any({ produce: () => Lazy.any({ produce: () => ({ z: null, list }) }) }),
    token: { resolve: () => ({ resolve: () => [new Union(1), new Union(''), new Union({})].slice(0, 2) }) },
    nothing: Lazy.any({ produce: () => undefined }),
    union: { value: new Union('1Gi'), resolve: 'a text' },
    10: 'ten',
    9: 'nine',
  };
}

/** As `cdk8s import` makes of IntOrString. */
class Union {
  constructor(readonly value: unknown) {}
}
