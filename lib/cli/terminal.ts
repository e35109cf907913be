import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** `cdk8s synth` swallows the standard output of the app that it runs: speak on the other one there. */
const out = process.env.CDK8S_OUTDIR === undefined ? process.stdout : process.stderr;

export function print(text: string): void {
  out.write(`${text}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Colours a text where a person reads it: a terminal, and NO_COLOR not set. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = out): string {
  return hasColours(stream) ? styleText(style, text) : text;
}

/** Whether a person reads a stream with colours: a terminal, and NO_COLOR not set. */
export function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}
