import { ApiObject, ApiObjectMetadataDefinition, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { withFastJson } from '../../../lib/constructs/to-json';
import { samples } from '../../../lib/constructs/to-json-samples';
import { bothWays } from './both-ways';

const kind = { apiVersion: 'v1', kind: 'Sample' };

function chartOf(app = new App()): Chart {
  return new Chart(app, 'chart', { namespace: 'shop' });
}

/** How often cdk8s resolves a value: it asks for the app at each. */
function resolutions(work: () => void): number {
  const of = jest.spyOn(App, 'of');
  try {
    work();
    return of.mock.calls.length;
  } finally {
    of.mockRestore();
  }
}

function standsIn(app = new App()): boolean {
  const own = ApiObject.prototype.toJson;
  return withFastJson(app, () => ApiObject.prototype.toJson !== own);
}

test('objects are rendered without cdk8s, and what it alone knows to refuse is left to it', () => {
  const chart = chartOf();
  const sound = new ApiObject(chart, 'sound', {
    ...kind,
    metadata: { labels: { a: 'b' } },
    spec: { list: [{ a: 1 }] },
  });
  const unsound = new ApiObject(chart, 'unsound', { ...kind, spec: new Date(0) });
  withFastJson(chart, () => {
    expect(resolutions(() => sound.toJson())).toBe(0);
    expect(() => unsound.toJson()).toThrow(
      /^Failed serializing construct at path 'chart\/unsound' with name '.*': Error: can't render non-simple object of type 'Date'$/,
    );
  });
  expect(resolutions(() => sound.toJson())).toBeGreaterThan(0);
});

test('a token is produced once, so that one that counts yields what it yields with cdk8s', () => {
  const counters = (chart: Chart) => {
    let count = 0;
    const counter = () => Lazy.any({ produce: () => ++count });
    const metadata = { annotations: { z: counter() as never, a: counter() as never } };
    return [0, 1].map(
      (i) => new ApiObject(chart, `${i}`, { ...kind, z: counter(), metadata, a: [counter(), counter()] }),
    );
  };
  const rendered = (work: (app: App, render: () => unknown[]) => unknown[]) => {
    const chart = chartOf();
    const objects = counters(chart);
    return work(App.of(chart) as App, () => objects.map((object) => object.toJson()));
  };
  const fast = rendered((app, render) => withFastJson(app, render));
  expect(fast).toEqual(rendered((_, render) => render()));
  expect(fast[0]).toEqual({
    ...kind,
    metadata: { name: expect.any(String), namespace: 'shop', annotations: { z: 1, a: 2 } },
    ...{ z: 3, a: [4, 5] },
  });
});

test('a token that fails is asked once, as cdk8s asks it, although it might yield something the second time', () => {
  const { cdk8s, fast } = bothWays((chart) =>
    [0, 1].map((i) => {
      let count = 0;
      const produce = () => {
        count += 1;
        throw new Error(`asked ${count}`);
      };
      return new ApiObject(chart, `${i}`, { ...kind, spec: Lazy.any({ produce }) });
    }),
  );
  expect(cdk8s[0]).toMatch(/: Error: asked 1$/);
  expect(fast[0]).toMatch(/: Error: asked 2$/);
});

test('objects that render one another fail as with cdk8s when the last one does, each asked once', () => {
  let count = 0;
  const { cdk8s, fast } = bothWays((chart) => {
    const last = new ApiObject(chart, 'last', { ...kind, spec: new Date(0) });
    const produceOf = (next: ApiObject) => () => {
      count += 1;
      return next.toJson();
    };
    // Were each rendered again, the last would be 2 ** 40 times.
    const all = [last];
    for (let i = 0; i < 40; i++) {
      const spec = Lazy.any({ produce: produceOf(all[i] as ApiObject) });
      all.push(new ApiObject(chart, `${i}`, { ...kind, spec }));
    }
    return all.slice(-1);
  });
  expect(fast).toEqual(cdk8s);
  expect(count).toBe(80);
});

test('an object that renders itself is an error, after no more calls than the stack takes', () => {
  const chart = chartOf();
  let count = 0;
  const object: ApiObject = new ApiObject(chart, 'object', {
    ...kind,
    spec: Lazy.any({
      produce: () => {
        count += 1;
        return object.toJson();
      },
    }),
  });
  withFastJson(chart, () => expect(() => object.toJson()).toThrow(/call stack/));
  expect(count).toBeLessThan(100_000);
});

test('an object that is a token as a whole yields what it resolves to', () => {
  const { cdk8s, fast } = bothWays((chart) => [
    new ApiObject(chart, 'whole', {
      ...kind,
      resolve(this: object) {
        return { ...this, resolve: undefined, resolved: true };
      },
    }),
  ]);
  expect(fast).toEqual(cdk8s);
  expect(fast[0]).toContain('resolved: true');
});

test('a token that changes what stands beside it changes what it changes with cdk8s', () => {
  const rendered = (work: (app: App, render: () => unknown) => unknown) => {
    const chart = chartOf();
    const produce = () => {
      Object.assign(spec, { before: 2, after: 2, added: 2, list: [2], gone: undefined });
      own.push(3);
      nested.x = 2;
      return 'lazy';
    };
    const own = [1];
    const nested = { x: 1 };
    const lazy = Lazy.any({ produce });
    const spec = { before: 1, lazy, after: 1, list: [1], own, nested, gone: 1 };
    const object = new ApiObject(chart, 'object', { ...kind, spec });
    return work(App.of(chart) as App, () => object.toJson().spec);
  };
  const fast = rendered((app, render) => withFastJson(app, render));
  expect(fast).toEqual(rendered((_, render) => render()));
  expect(fast).toEqual({ before: 1, lazy: 'lazy', after: 1, list: [1], own: [1, 3], nested: { x: 2 }, gone: 1 });
});

test.each([1, 2, 9, 16, 17, 100])('keys are sorted as with cdk8s wherever they stand, %i of them', (count) => {
  const names = Array.from({ length: count }, (_, i) => `${(i * 37) % 101}${i % 3 ? 'k' : '-K'}`);
  const data = Object.fromEntries(names.map((name, i) => [name, i]));
  const { cdk8s, fast, standsIn } = bothWays((scope) => [
    new ApiObject(scope, 'data', { ...kind, data, spec: [data] }),
    new ApiObject(scope, 'labels', { ...kind, metadata: { labels: data as never } }),
    new ApiObject(scope, 'fields', { ...kind, ...data }),
  ]);
  expect(fast).toEqual(cdk8s);
  expect(standsIn).toBe(true);
});

test('a key that JavaScript takes for the prototype is left to cdk8s', () => {
  const odd = JSON.parse('{ "__proto__": { "a": 1 }, "b": 2 }');
  const { cdk8s, fast } = bothWays((scope) => [
    new ApiObject(scope, 'fields', { ...kind, ...odd }),
    new ApiObject(scope, 'spec', { ...kind, spec: odd }),
    new ApiObject(scope, 'metadata', { ...kind, metadata: odd }),
  ]);
  expect(fast).toEqual(cdk8s);
});

test('a token that always fails is an error of cdk8s', () => {
  const { cdk8s, fast } = bothWays((chart) => [
    new ApiObject(chart, 'object', {
      ...kind,
      spec: Lazy.any({
        produce: () => {
          throw new Error('never');
        },
      }),
    }),
  ]);
  expect(fast).toEqual(cdk8s);
  expect(fast[0]).toMatch(/^throws Failed serializing construct at path 'chart\/object' with name '.*': Error: never$/);
});

test('a token may render other objects, also those of another app with resolvers of its own', () => {
  const shout = {
    resolve: (context: { value: unknown; replaceValue: (value: string) => void }) => {
      if (context.value === 'quiet') context.replaceValue('LOUD');
    },
  };
  const { cdk8s, fast } = bothWays((chart) => {
    const other = new ApiObject(chartOf(new App({ resolvers: [shout as never] })), 'other', { ...kind, spec: 'quiet' });
    const same = new ApiObject(chart, 'same', { ...kind, spec: 'quiet' });
    const produce = () => [other.toJson().spec, same.toJson().spec, withFastJson(other, () => other.toJson().spec)];
    return [new ApiObject(chart, 'object', { ...kind, spec: Lazy.any({ produce }) })];
  });
  expect(fast).toEqual(cdk8s);
  expect(fast[0]).toContain("'LOUD', 'quiet', 'LOUD'");
});

test('a resolver that comes during the work is heard', () => {
  const chart = chartOf();
  const object = new ApiObject(chart, 'object', { ...kind, spec: 'quiet' });
  const resolver = {
    resolve: (context: { value: unknown; replaceValue: (value: string) => void }) => {
      if (context.value === 'quiet') context.replaceValue('LOUD');
    },
  };
  withFastJson(chart, () => {
    (App.of(chart) as unknown as { resolvers: object[] }).resolvers.unshift(resolver);
    expect(object.toJson().spec).toBe('LOUD');
  });
});

test('classes and objects with a toJson of their own keep it, and what they add', () => {
  class Own extends ApiObject {
    override toJson() {
      return { ...super.toJson(), own: true };
    }
  }
  const { cdk8s, fast } = bothWays((chart) => {
    const replaced = new ApiObject(chart, 'replaced', kind);
    replaced.toJson = () => ({ replaced: true });
    const metadata = new ApiObject(chart, 'metadata', kind);
    metadata.metadata.toJson = () => ({ name: 'own', empty: [] });
    return [new Own(chart, 'own', kind), replaced, metadata];
  });
  expect(fast).toEqual(cdk8s);
  expect(fast[0]).toContain('own: true');
  expect(fast[2]).toContain("metadata: { empty: [], name: 'own' }");
});

test('patches apply, also to fields that no class knows; one that fails is an error of cdk8s', () => {
  const { cdk8s, fast } = bothWays((chart) => {
    const patched = (id: string, ...patches: JsonPatch[]) => {
      const object = new ApiObject(chart, id, { ...kind, spec: { b: 1 }, data: {} });
      object.addJsonPatch(...patches);
      return object;
    };
    return [
      patched('add', JsonPatch.add('/spec/a', { z: 1, y: null }), JsonPatch.replace('/kind', 'Other')),
      patched('whole', JsonPatch.replace('', { z: 1, kind: 'All' })),
      patched('nothing', JsonPatch.remove('')),
      patched('gone', JsonPatch.remove('/metadata'), JsonPatch.move('/data', '/spec/data')),
      patched('nested', JsonPatch.move('', '/spec')),
      patched('fails', JsonPatch.test('/spec/b', 2)),
    ];
  });
  expect(fast).toEqual(cdk8s);
  expect(fast[0]).toContain('spec: { b: 1, a: { z: 1, y: null } }');
  expect(fast[5]).toContain('throws Failed serializing construct');
});

describe('cdk8s renders by itself', () => {
  afterEach(() => {
    delete process.env.CDK8S_DISABLE_SORT;
    jest.restoreAllMocks();
  });

  test('where keys are not sorted', () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    expect(standsIn()).toBe(false);
    const chart = chartOf();
    const object = new ApiObject(chart, 'object', { ...kind, z: 1, a: 2 });
    expect(Object.keys(withFastJson(chart, () => object.toJson()))).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'z',
      'a',
    ]);
  });

  test('for an app with resolvers of its own', () => {
    expect(standsIn(new App({ resolvers: [{ resolve: () => {} }] }))).toBe(false);
  });

  test("where somebody has put another method in the place of cdk8s'", () => {
    jest.spyOn(ApiObject.prototype, 'toJson');
    expect(standsIn()).toBe(false);
    jest.restoreAllMocks();
    jest.spyOn(ApiObjectMetadataDefinition.prototype, 'toJson');
    expect(standsIn()).toBe(false);
    jest.restoreAllMocks();
    expect(standsIn()).toBe(true);
  });

  test('where a version of it yields anything else', () => {
    jest.spyOn(App, 'of').mockReturnValue({ resolvers: [] } as never);
    expect(standsIn()).toBe(false);
  });
});

test("cdk8s' own method is back afterwards, also after an error", () => {
  const own = ApiObject.prototype.toJson;
  withFastJson(new App(), () => {});
  expect(ApiObject.prototype.toJson).toBe(own);
  expect(() =>
    withFastJson(new App(), () => {
      throw new Error('no tree');
    }),
  ).toThrow('no tree');
  expect(ApiObject.prototype.toJson).toBe(own);
});

test('what is held against cdk8s holds something that renders, and something that it refuses', () => {
  const refused = samples().map((sample) => {
    try {
      return sample.toJson() === undefined;
    } catch {
      return true;
    }
  });
  expect(refused).toEqual([false, false, true, false, true, true]);
});
