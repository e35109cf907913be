import { basename, dirname, relative, resolve } from 'node:path';
import { readBaseline } from '../../checks/check-synthesized';
import { configure, settingsFault } from '../../checks/configure';
import type { Finding, Result, RuleDescription } from '../../checks/finding';
import { editsOf, type Fixable, isCleaner, withEdits } from '../../checks/fixes';
import { runChecksTraced } from '../../checks/run';
import { followTree, lacksFiles } from '../../graph/follow-tree';
import type { Graph } from '../../graph/graph';
import { readPolicies } from '../../graph/read-policies';
import { readSchemas } from '../../graph/schema/read-schemas';
import type { SchemaStore } from '../../graph/schema/store';
import { mayHoldHcl } from '../../graph/vault/policies';
import { memoize } from '../../text/memoize';
import { loadHcl } from '../../tree/hcl';
import { isIn, openFolder, type Position, parseFile, type SourceFile } from '../../tree/source';
import { configNames, type ReadConfig, readConfig } from '../config';
import { appliedIn } from '../fix';
import { forgetModules } from '../run-file';

/** What `espalier lsp` is called with. */
export interface ServerSettings {
  readonly schemas: readonly string[];
  readonly kubernetes: string | undefined;
}

/** What is known of a tree as it is in the editor. */
export interface Checked {
  readonly graph: Graph;
  /** Of the last texts that were YAML. */
  readonly result: Result;
  readonly findings: readonly Finding[];
  readonly rules: ReadonlyMap<string, RuleDescription>;
}

/** A tree that somebody edits: files of the disk, and in their place what an editor has of them. */
export class EditedTree {
  /** What the last check has found. */
  checked: Checked | undefined;
  /** How many milliseconds that took. */
  took = 0;
  private folder: ReturnType<typeof openFolder>;
  /** What the editor has of its files. */
  private readonly edited = new Map<string, SourceFile>();
  /** Of each file in the editor the last text that was YAML: while one types, it often is none. */
  private readonly readable = new Map<string, string>();
  private schemas: SchemaStore | undefined;

  private config: ReadConfig;

  private constructor(
    private readonly path: string,
    private readonly settings: ServerSettings,
  ) {
    this.folder = openFolder(path);
    this.config = { config: {}, folder: path, name: undefined };
  }

  /**
   * @param path a folder, or one file
   * @param tell is told what is wrong with the configuration in it, which then does not count
   * @throws EspalierError when there is no such path
   */
  static async open(path: string, settings: ServerSettings, tell: (error: unknown) => void): Promise<EditedTree> {
    const tree = new EditedTree(path, settings);
    await tree.readConfig(tell);
    return tree;
  }

  /** Reads the configuration anew: that in the folder or, if it has none, at the top of its Git work tree. */
  async readConfig(tell: (error: unknown) => void): Promise<void> {
    forgetModules(this.root);
    try {
      const here = await readConfig(undefined, this.path, settingsFault);
      this.config = here.name === undefined ? await readConfig(undefined, this.root, settingsFault) : here;
    } catch (error) {
      tell(error);
    }
  }

  /** Whether the configuration may say something else once a file of this path has changed: a program may import others. */
  isOfConfig(path: string): boolean {
    if (configNames.includes(basename(path))) return [this.path, this.root].includes(dirname(path));
    return isProgram(this.config.name ?? '') && isProgram(path) && isIn(path, this.root);
  }

  /** The absolute path that those of its files begin with. */
  get root(): string {
    return this.folder.root;
  }

  edit(file: string, text: string): void {
    const parsed = parseFile(file, text);
    this.edited.set(file, parsed);
    if (isReadable(parsed)) this.readable.set(file, text);
  }

  close(file: string): void {
    this.edited.delete(file);
    this.readable.delete(file);
    this.lookAgain();
  }

  /** Has the disk looked at again: something has changed there. */
  lookAgain(): void {
    this.folder.forget();
    this.schemas = undefined;
  }

  /** A file as it is in the editor, or on the disk; undefined where there is none. */
  file(path: string): SourceFile | undefined {
    return this.edited.get(path) ?? this.checked?.graph.tree.file(path);
  }

  /** Whether what was checked of a file is what the editor has of it, or the disk. */
  isChecked(file: string): boolean {
    return this.file(file)?.text === this.checked?.graph.tree.file(file)?.text;
  }

  /** Where a position in the editor's text was in the text that was checked: the last that was YAML. */
  whereChecked(file: string, { line, column }: Position): Position {
    const now = this.edited.get(file)?.text.split('\n') ?? [];
    const then = this.checked?.graph.tree.file(file)?.text.split('\n') ?? [];
    const isSame = (i: number) => now[i] === then[i];
    const begin = now.findIndex((_, i) => !isSame(i));
    if (begin < 0 || line <= begin) return { line, column };
    // What comes after the change has moved by as many lines as it brought.
    const rest = now.length - line;
    const isAfter = now.slice(line - 1).every((text, i) => text === then[then.length - rest - 1 + i]);
    return isAfter ? { line: then.length - rest, column } : { line, column };
  }

  /** @throws EspalierError for a tree or settings that cannot be read */
  async check(): Promise<Checked> {
    const begun = performance.now();
    const broken = new Map<string, SourceFile>();
    const texts = new Map<string, string>();
    for (const [path, file] of this.edited) {
      const readable = this.readable.get(path) ?? this.onDisk(path) ?? file.text;
      texts.set(path, readable);
      if (readable === file.text) continue;
      this.readable.set(path, readable);
      broken.set(path, file);
    }
    const { graph, result } = await this.look(texts);
    this.took = performance.now() - begun;
    this.checked = {
      ...{ graph, result },
      findings: withFaults(result, broken),
      rules: new Map(result.rules.map((rule) => [rule.id, rule])),
    };
    return this.checked;
  }

  /** Whether a fix makes what was checked cleaner: `check --fix` leaves out those that do not. */
  readonly isCleanerWith: (finding: Fixable) => Promise<boolean> = memoize(async (finding: Fixable) => {
    if (this.checked === undefined) return false;
    const { graph, result } = this.checked;
    const texts = new Map([...this.edited.keys()].map((path) => [path, graph.tree.file(path)?.text ?? '']));
    for (const [path, edits] of editsOf([finding])) {
      const bytes = graph.tree.read(path);
      if (bytes === undefined) return false;
      texts.set(path, withEdits(bytes, edits).toString('utf8'));
    }
    const then = await this.look(texts);
    return isCleaner(result, then.result, [finding], appliedIn(graph));
  });

  private async look(texts: ReadonlyMap<string, string>): Promise<{ readonly graph: Graph; readonly result: Result }> {
    const { config, folder } = this.config;
    const graph = await this.follow(texts);
    const baseline = config.baseline === undefined ? undefined : readBaseline(resolve(folder, config.baseline));
    const result = await runChecksTraced(graph, {
      ...configure(config),
      each: true,
      // Findings name files from the root, and the lines of a baseline from its own folder.
      baseline: baseline && { ...baseline, folder: resolve(relative(this.root, baseline.folder)) },
    });
    return { graph, result };
  }

  private async follow(texts: ReadonlyMap<string, string>): Promise<Graph> {
    const { config, folder } = this.config;
    const source = this.folder.tree(texts);
    this.schemas ??= readSchemas({
      folders: [...this.settings.schemas, ...(config.schemas ?? []).map((path) => resolve(folder, path))],
      kubernetes: this.settings.kubernetes ?? config.kubernetes,
      tree: this.path,
    });
    const options = {
      external: config.external,
      schemas: this.schemas,
      hcl: mayHoldHcl(source) ? await loadHcl() : undefined,
    };
    const policies = readPolicies((config.policies ?? []).map((path) => resolve(folder, path)));
    const own = { ...followTree(source, options), policies };
    if (!lacksFiles(own)) return own;
    // Outside of Git, the folder may be a part of what Flux reads.
    const around = openFolder(this.path, own.above);
    if (around.root === this.root) return own;
    this.folder = around;
    return this.follow(texts);
  }

  private onDisk(path: string): string | undefined {
    const file = this.folder.tree(new Map()).file(path);
    return file !== undefined && file.documents.length > 0 && isReadable(file) ? file.text : undefined;
  }
}

function isProgram(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

function isReadable({ faults }: SourceFile): boolean {
  return faults.every(({ kind }) => kind !== 'syntax' && kind !== 'unreadable');
}

/** Of files that are no YAML just now, what keeps them from being some; what was found in their last text has moved since. */
function withFaults({ findings }: Result, broken: ReadonlyMap<string, SourceFile>): readonly Finding[] {
  const others = findings.filter(({ file }) => !broken.has(file));
  for (const [file, { faults }] of broken) {
    for (const { kind, message, line, column } of faults) {
      const nothing = { chain: [], frame: [], clusters: [] };
      const remedy = 'Until then, the last text that was YAML counts.';
      others.push({ rule: `tree/${kind}`, severity: 'error', message, remedy, file, line, column, ...nothing });
    }
  }
  return others;
}
