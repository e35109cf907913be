/** `cdk8s-espalier/rules/testing`: a rule of one's own held against a tree, for tests with any test runner. */
import { resolve } from 'node:path';
import { followTree } from '../graph/follow-tree';
import { readSchemas } from '../graph/schema/read-schemas';
import type { Rule, RuleOptions } from '../rules/rule';
import { entriesOf, fileText } from '../tree/fixtures';
import { readFolder, sourceOfTexts } from '../tree/source';
import { ownChecks, ruleFails } from './own-checks';
import { runChecks } from './run';

/** A tree to hold a rule against: a folder, one YAML text, or files by path. */
export type TestTree =
  | { readonly folder: string }
  | { readonly yaml: string }
  | { readonly files: Readonly<Record<string, string>> };

/** What a rule has found, without Espalier's other rules. */
export interface TestFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy: string;
  /** As in `Deployment shop/web`. */
  readonly object: string | undefined;
  readonly chain: readonly string[];
}

/**
 * Runs a rule on a tree as `espalier check` does, suppressions included. Of one YAML text the file is `tree.yaml`; without a
 * Flux Kustomization the tree is a set of manifests.
 *
 * @param options what the configuration would say of it @default the rule's own
 * @throws what the rule throws
 * @example
 * expect(findingsOf(ownerLabel, { yaml }).map(({ line, message }) => `${line} ${message}`)).toEqual([
 *   '4 Deployment web has no label acme.com/owner',
 * ]);
 */
export function findingsOf<Options extends RuleOptions>(
  rule: Rule<Options>,
  tree: TestTree,
  options?: Partial<Options>,
): readonly TestFinding[] {
  let failure: unknown;
  const watched: Rule<Options> = {
    ...rule,
    *check(cluster, given) {
      try {
        yield* rule.check(cluster, given);
      } catch (error) {
        failure = error;
        throw error;
      }
    },
  };
  const checks = ownChecks([watched]).map((check) =>
    check.id === rule.id ? { ...check, options: { ...rule.options, ...options } as RuleOptions } : check,
  );
  const source = 'folder' in tree ? readFolder(tree.folder) : sourceOfTexts(filesOf(tree));
  const schemas = readSchemas('folder' in tree ? { tree: tree.folder } : {});
  const { findings } = runChecks(followTree(source, { schemas }), { checks });
  if (failure !== undefined) throw failure;
  const failed = findings.find((finding) => finding.rule === ruleFails.id);
  if (failed !== undefined) throw new TypeError(failed.message);
  return findings
    .filter((finding) => finding.rule === rule.id)
    .map(({ file, line, column, severity, message, remedy, object, chain }) => ({
      ...{ file, line, column, severity, message, remedy, object, chain },
    }));
}

function filesOf(tree: Exclude<TestTree, { folder: string }>): Readonly<Record<string, string>> {
  return 'yaml' in tree ? { 'tree.yaml': tree.yaml } : tree.files;
}

/** A finding on one line: `tree.yaml:4:9 error Deployment web has no label acme.com/owner`. */
export function lineOf({ file, line, column, severity, message }: TestFinding): string {
  return `${file}:${line}:${column} ${severity} ${message}`;
}

/**
 * Holds a rule against fixtures: in a folder, each folder `flagged…` beside a text of its name that has a line for each finding
 * (`flagged/` and `flagged.txt`), and each folder `clean…`, in which nothing is found.
 *
 * @throws Error that says what differs, with the text as it would have to be
 */
export function checkFixtures<Options extends RuleOptions>(
  rule: Rule<Options>,
  folder: string,
  options?: Partial<Options>,
): void {
  const names = entriesOf(folder).filter((name) => /^(?:flagged|clean)[\w-]*$/.test(name));
  for (const kind of ['flagged', 'clean']) {
    if (!names.some((name) => name.startsWith(kind)))
      throw new Error(`${folder} has no folder ${kind}: each rule shows both.`);
  }
  for (const name of names) {
    const tree = resolve(folder, name);
    const found = findingsOf(rule, { folder: tree }, options).map((finding) =>
      lineOf({ ...finding, file: below(finding.file, tree) }),
    );
    const wanted = name.startsWith('clean')
      ? []
      : (fileText(resolve(folder, `${name}.txt`)) ?? '').split('\n').filter(Boolean);
    if (found.join('\n') === wanted.join('\n')) continue;
    const text = name.startsWith('clean') ? 'nothing' : `what ${name}.txt says:\n${wanted.map(indent).join('\n')}`;
    throw new Error(
      `${rule.id} finds in ${name}/\n${found.map(indent).join('\n') || '  nothing'}\nand should find ${text}`,
    );
  }
}

function indent(line: string): string {
  return `  ${line}`;
}

/** A file as it is named from the fixture's folder. */
function below(file: string, folder: string): string {
  const path = resolve(file).replaceAll('\\', '/');
  const root = `${folder.replaceAll('\\', '/')}/`;
  return path.startsWith(root) ? path.slice(root.length) : file;
}
