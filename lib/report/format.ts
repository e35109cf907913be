import type { Result, Severity } from '../checks/finding';

export type FormatName = 'pretty' | 'json' | 'sarif' | 'github' | 'junit' | 'gitlab' | 'azure' | 'markdown';

/** What a format may need to know beside the findings. */
export interface RenderOptions {
  /** Whether a terminal shows it, with colours. */
  readonly color: boolean;
  /**
   * The terminal's columns.
   *
   * @default - text is not wrapped; lines of code are cut at 120 columns
   */
  readonly width?: number;
  /** From which severity on a finding fails the run. */
  readonly failOn: Severity | 'never';
  /**
   * The address under which a forge shows the files of the tree, such as `https://github.com/webgrip/soyo/blob/4f2c1d0`: Markdown
   * links to the findings' lines there.
   *
   * @default - no links
   */
  readonly repository?: string;
  /**
   * Characters that Markdown may have, where it is a part of a comment.
   *
   * @default - as many as a comment
   */
  readonly limit?: number;
  /** Whether it may be told that `--fix` fixes findings: not where it has just done that, nor where it cannot. @default false */
  readonly offersFix?: boolean;
  /** Espalier's own. */
  readonly version: string;
}

/** One form of the report: a file that exports this object, and a line in index.ts. */
export interface Format {
  /** Whether it means to speak to a CI, by commands that are obeyed wherever they stand in its log. */
  readonly speaksToCi?: true;
  /** Whether a forge reads it, which names files from the top of the repository. */
  readonly fromTop?: true;
  /** Whether it tells the fixes of findings. */
  readonly tellsFixes?: true;
  /** @returns the whole report, the same for the same result; its last line ends with a line feed */
  render(result: Result, options: RenderOptions): string;
}
