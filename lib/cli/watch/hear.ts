/** Keeps what a function prints while it runs. */
export function hear<T>(run: () => T): [result: T, said: string] {
  let said = '';
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of streams) {
    stream.write = (chunk: unknown) => {
      said += chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk);
      return true;
    };
  }
  try {
    const result = run();
    return [result, said];
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
}
