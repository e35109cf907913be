// The espalier command of this checkout, from its TypeScript sources, where its packages are installed.
import { createRequire } from 'node:module';
import './sources.mjs';

// Where lib/cli/run-file.ts finds tsx, and that the library is to be had from its sources.
globalThis[Symbol.for('cdk8s-espalier.tsx')] = import.meta.filename;
createRequire(import.meta.url)('../lib/cli/main.ts');
