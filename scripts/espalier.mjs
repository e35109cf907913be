// The espalier command of this checkout, from its TypeScript sources. Installs first, so that `npm start` needs nothing else.
import './install.mjs';

await import('tsx');
globalThis[Symbol.for('cdk8s-espalier.tsx')] = true;
await import('../lib/cli/main.ts');
