import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import {
  type Diagnostic,
  DidChangeTextDocumentNotification,
  FileChangeType,
  HoverRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { sentence } from '../../../lib/text/sentence';
import { parseFile } from '../../../lib/tree/source';
import { texts as tree } from '../../editor/tree';
import { espalier, run, temporaryFolder } from '../../repository';
import { Client, endAll } from './client';

const root = temporaryFolder();
const onDisk = temporaryFolder();
afterAll(endAll);

const begun: Readonly<Record<string, string>> = {
  ...tree,
  'shop/kustomization.yaml': 'resources:\n  - db.yaml\n  - push.yaml\n  - web.yaml\n',
  // Line ends, letters of two UTF-16 units and of three bytes.
  'shop/more.yaml': (tree['shop/web.yaml'] ?? '')
    .replace('name: web', 'name: more, annotations: { note: "名前 😀" }')
    .replaceAll('\n', '\r\n'),
};
const files = Object.keys(begun);

/** What somebody does: replaces some letters of a file in the editor, closes it, or has another program write or delete it. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('edit' as const),
      file: fc.constantFrom(...files),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
      text: fc.oneof(
        fc.constantFrom('', 'x', '\n', '  ', ': ', '---\n', '# ', '"', '[', '- ', '😀', '日本', '\r\n', '\t'),
        fc.constantFrom(
          'db',
          'password',
          'vault',
          'shop',
          'namespace: other\n',
          'kind: ',
          'ClusterSecretStore',
          '*a',
          '&a ',
        ),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('restore' as const), file: fc.constantFrom(...files) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close' as const), file: fc.constantFrom(...files) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('save' as const), file: fc.constantFrom(...files) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete' as const), file: fc.constantFrom(...files) }) },
);

const write = (folder: string, file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

function lay(folder: string, texts: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of texts) write(folder, file, text);
  run('git', ['init', '-q', folder]);
}

/** What `check` says of texts: `shop/web.yaml:3:5 rule message`. */
async function checked(texts: ReadonlyMap<string, string>): Promise<readonly string[]> {
  lay(onDisk, texts);
  const { stdout } = await espalier(['check', '--format', 'json'], { cwd: onDisk });
  const { findings } = JSON.parse(stdout) as {
    findings: { file: string; line: number; column: number; rule: string; message: string; count?: number }[];
  };
  return findings.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${sentence(message)}`).sort();
}

test('after any edits, what an editor was told is what check finds in the same texts', async () => {
  const client = new Client(root);
  lay(root, new Map(Object.entries(begun)));
  await client.begin();
  const disk = new Map(Object.entries(begun));
  const open = new Map<string, TextDocument>();
  const edit = async (file: string, from: number, to: number, text: string) => {
    let document = open.get(file);
    if (document === undefined) {
      document = TextDocument.create(client.uri(file), 'yaml', 1, disk.get(file) ?? '');
      open.set(file, document);
      await client.open(file, document.getText());
    }
    const all = document.getText();
    const range = { start: document.positionAt(from), end: document.positionAt(Math.min(to, all.length)) };
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: document.version + 1 },
      contentChanges: [{ range, text }],
    });
    TextDocument.update(document, [{ range, text }], document.version + 1);
  };
  const now = () => new Map([...disk, ...[...open].map(([file, one]) => [file, one.getText()] as const)]);
  const shown = () =>
    files
      .flatMap((file) =>
        client.diagnostics(file).map((one) => `${file}:${one.range.start.line + 1} ${one.code} ${first(one)}`),
      )
      .sort();

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const one of steps) {
        const { file } = one;
        if (one.type === 'edit') {
          const length = (open.get(file)?.getText() ?? disk.get(file) ?? '').length;
          const from = Math.floor(one.at * length);
          await edit(file, from, from + one.length, one.text);
        } else if (one.type === 'restore') await edit(file, 0, Infinity, begun[file] ?? '');
        else if (one.type === 'close') {
          if (open.delete(file)) await client.close(file);
        } else if (one.type === 'save') {
          const text = now().get(file) ?? '';
          disk.set(file, text);
          write(root, file, text);
          await client.told(file, FileChangeType.Changed);
        } else if (!open.has(file)) {
          disk.delete(file);
          rmSync(join(root, file), { force: true });
          await client.told(file, FileChangeType.Deleted);
        }
      }
      // Of what is no YAML just now its last text counts: what is right then, check cannot say.
      for (const [file, text] of now()) {
        if (parseFile(file, text).faults.length > 0) await edit(file, 0, Infinity, begun[file] ?? '');
      }
      await client.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri: client.uri('shop/db.yaml') },
        position: { line: 0, character: 0 },
      });
      expect(shown()).toEqual(await checked(now()));
    }),
    { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 40), endOnFailure: true },
  );
  expect(client.messages).toEqual([]);
  expect(await client.end()).toBe(0);
});

function first({ message }: Diagnostic): string {
  return String(message).split('\n')[0] ?? '';
}
