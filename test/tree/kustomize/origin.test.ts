import type { JsonObject } from '../../../lib/json/json';
import {
  carryOrigin,
  entriesPlaced,
  placeOfEntry,
  placeWithin,
  withField,
  withoutField,
} from '../../../lib/tree/kustomize/origin';
import type { SourceDocument } from '../../../lib/tree/source';
import { locate, parseFile } from '../../../lib/tree/source';
import { embed } from '../../../lib/tree/source/embedded';

function read(path: string, text: string): SourceDocument {
  return parseFile(path, text).documents[0] as SourceDocument;
}

const base = read('base.yaml', 'spec:\n  image: a\n  ports:\n    - name: x\n    - name: y\n');
const patch = read('patch.yaml', 'spec:\n  image: b\n  ports:\n    - name: z\n');
const start = { document: base, path: [] };
const spec = (base.value as JsonObject).spec as JsonObject;

describe('where a value of a built object is written', () => {
  it('is where it stands in its document', () => {
    expect(placeWithin(base.value, start, ['spec', 'ports', 1, 'name'])).toEqual({
      document: base,
      path: ['spec', 'ports', 1, 'name'],
    });
  });

  it('is the patch that set it, and the base for what stands beside it', () => {
    const value = { spec: withField(spec, 'image', 'b', { document: patch, path: ['spec', 'image'] }) };
    expect(placeWithin(value, start, ['spec', 'image']).document).toBe(patch);
    expect(placeWithin(value, start, ['spec', 'ports', 0])).toEqual({ document: base, path: ['spec', 'ports', 0] });
  });

  it('is kept by a list that is put together of two', () => {
    const ports = placeOfEntry(spec, { document: base, path: ['spec'] }, 'ports');
    const list = entriesPlaced(
      [{ name: 'z' }, (spec.ports as JsonObject[])[1] as JsonObject],
      [
        [0, { document: patch, path: ['spec', 'ports', 0] }],
        [1, placeOfEntry(spec.ports, ports, 1)],
      ],
    );
    const value = { spec: withField(spec, 'ports', list) };
    expect(placeWithin(value, start, ['spec', 'ports', 0, 'name'])).toEqual({
      document: patch,
      path: ['spec', 'ports', 0, 'name'],
    });
    expect(placeWithin(value, start, ['spec', 'ports', 1, 'name'])).toEqual({
      document: base,
      path: ['spec', 'ports', 1, 'name'],
    });
  });

  it('is kept by copies', () => {
    const patched = withField(spec, 'image', 'b', { document: patch, path: ['spec', 'image'] });
    const copy = withoutField(withField(carryOrigin(patched, { ...patched }), 'image', 'b:1'), 'ports');
    expect(copy).toEqual({ image: 'b:1' });
    expect(placeOfEntry(copy, { document: base, path: ['spec'] }, 'image').document).toBe(patch);
  });
});

describe('a text within a document that is YAML itself', () => {
  const patchIn = (text: string) => {
    const outer = read('kustomization.yaml', text);
    const inner = ((outer.value as JsonObject).patches as JsonObject[])[0]?.patch as string;
    const file = embed(parseFile('patch', inner), { document: outer, path: ['patches', 0, 'patch'] });
    return { file, document: file.documents[0] as SourceDocument };
  };

  it('is found line by line where it is written so', () => {
    const { file, document } = patchIn('patches:\n  - patch: |-\n      kind: A\n      spec:\n        image: b\n');
    expect(file.path).toBe('kustomization.yaml');
    expect(locate(document, ['spec', 'image'])).toEqual({ line: 5, column: 16 });
    expect(locate(document, ['spec', 'image'], 'key')).toEqual({ line: 5, column: 9 });
  });

  it('is found where it begins otherwise', () => {
    const { document } = patchIn('patches:\n  - patch: "kind: A\\nspec: {image: b}"\n');
    expect(locate(document, ['spec', 'image'])).toEqual({ line: 2, column: 12 });
  });
});
