// The espalier command of this checkout, from its TypeScript sources. Installs first, so that `npm start` needs nothing else.
import './install.mjs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// Before tsx reads along and follows source maps, which takes a quarter of a second with these.
require('cdk8s-plus-28');
require('tsx/cjs');
// Where lib/cli/run-file.ts finds what else there is of tsx.
globalThis[Symbol.for('cdk8s-espalier.tsx')] = import.meta.filename;
require('../lib/cli/main.ts');
