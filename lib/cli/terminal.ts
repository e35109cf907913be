import { styleText } from 'node:util';
import { forLog } from '../report/log';

type Style = Parameters<typeof styleText>[0];

/** `cdk8s synth` swallows the standard output of the app that it runs: speak on the other one there. */
const out = process.env.CDK8S_OUTDIR === undefined ? process.stdout : process.stderr;

/**
 * @param commands whether the text means to speak to a CI: `::error file=…`
 * @param finish what is done to it once it holds nothing that a terminal obeys but colours
 */
export function print(text: string, { commands = false, finish = (safe: string) => safe } = {}): void {
  out.write(`${commands ? text : finish(forLog(text, hasColours(out)))}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${forLog(text, hasColours(process.stderr))}\n`);
}

/** Colours a text where there are colours. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = out): string {
  return hasColours(stream) ? styleText(style, text, { validateStream: false }) : text;
}

/**
 * Whether a stream has colours: a terminal that can, unless NO_COLOR is set (https://no-color.org); with FORCE_COLOR any, as logs
 * of a CI, which is no terminal, show them. FORCE_COLOR=0 is none.
 */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: terminal } = process.env;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && !none && terminal !== 'dumb';
}
