import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What Mermaid's own parser says of a diagram. */
export interface Parsed {
  /** `flowchart-v2`, `sequence`; undefined when it does not parse. */
  readonly type?: string;
  /** The texts of a flowchart's nodes as they are drawn, references undone, line feeds between lines. */
  readonly labels?: readonly string[];
  /** How many edges a flowchart has. */
  readonly edges?: number;
  /** Why it does not parse. */
  readonly error?: string;
}

/** Parses diagrams with Mermaid itself, in a process of its own: it is an ES module, and wants a DOM. One start for all of them. */
export function parseMermaid(diagrams: readonly string[]): readonly Parsed[] {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'mermaid-parse.mjs')], {
    input: JSON.stringify(diagrams),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env,
  });
  if (status !== 0) throw new Error(`Mermaid's parser did not run: ${stderr}`);
  return JSON.parse(stdout) as Parsed[];
}

/** The Mermaid blocks of a Markdown page, in their order. */
export function mermaidBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```mermaid\r?\n(.*?)^```\s*$/gms)].map(([, diagram = '']) => diagram);
}
