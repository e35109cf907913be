import { styleText } from 'node:util';
import { forLog } from '../report/log';

type Style = Parameters<typeof styleText>[0];

/** `cdk8s synth` swallows the standard output of the app that it runs: speak on the other one there. */
const out = process.env.CDK8S_OUTDIR === undefined ? process.stdout : process.stderr;

/** @param commands whether the text means to speak to a CI: `::error file=…` */
export function print(text: string, { commands = false } = {}): void {
  out.write(`${commands ? text : forLog(text, hasColours(out))}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${forLog(text, hasColours(process.stderr))}\n`);
}

/** Colours a text where a person reads it: a terminal, and NO_COLOR not set. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = out): string {
  return hasColours(stream) ? styleText(style, text) : text;
}

/** Whether a person reads a stream with colours: a terminal, and NO_COLOR not set. */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}
