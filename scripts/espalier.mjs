// The espalier command of this checkout, from its TypeScript sources. Installs first, so that `npm start` needs nothing else.
import './install.mjs';

const { register: registerCommonJs } = await import('tsx/cjs/api');
const { register: registerModules } = await import('tsx/esm/api');
registerCommonJs();
registerModules();
globalThis[Symbol.for('cdk8s-espalier.tsx')] = true;
await import('../lib/cli/main.ts');
